package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Patches and stencils against plain loops along synapses, products and blocks against plain
/// loops: the same bits.
class PatchesTest {
  private final Random random = new Random(11);

  private float[] numbers(int count) {
    float[] all = new float[count];
    for (int k = 0; k < count; k++) {
      all[k] = (float) random.nextGaussian();
    }
    return all;
  }

  static Patches.Shape[] shapes() {
    return new Patches.Shape[] {
      new Patches.Shape(1, 28, 28, 12, 24, 24, 5, 5, 0, 0),
      new Patches.Shape(3, 12, 12, 64, 8, 8, 5, 5, 0, 0),
      new Patches.Shape(2, 7, 9, 64, 7, 9, 3, 3, 1, 1),
      new Patches.Shape(2, 1, 20, 5, 1, 20, 1, 5, 0, 2),
      new Patches.Shape(4, 6, 5, 128, 8, 7, 3, 3, 2, 2),
      new Patches.Shape(2, 9, 9, 33, 7, 8, 3, 2, 0, 0)
    };
  }

  private interface Synapse {
    void visit(int neuron, int target, int weight);
  }

  /// Along the synapses of the neurons, targets rising.
  private static void visit(Patches.Shape s, int[] list, int from, int to, Synapse synapse) {
    for (int e = from; e < to; e++) {
      int x = list[e] % s.sourceWidth() + s.paddingX();
      int y = list[e] / s.sourceWidth() % s.sourceHeight() + s.paddingY();
      int channel = list[e] / s.sourceWidth() / s.sourceHeight();
      for (int target = 0; target < s.targetChannels() * s.places(); target++) {
        int ky = y - target / s.targetWidth() % s.targetHeight();
        int kx = x - target % s.targetWidth();
        if (ky >= 0 && ky < s.kernelHeight() && kx >= 0 && kx < s.kernelWidth()) {
          int row = (target / s.places() * s.sourceChannels() + channel) * s.kernelHeight() + ky;
          synapse.visit(list[e], target, row * s.kernelWidth() + kx);
        }
      }
    }
  }

  private int[] list(Patches.Shape s, int round) {
    double density = round * round / 40.0;
    int[] all = new int[s.sources()];
    int count = 0;
    for (int neuron = 0; neuron < all.length; neuron++) {
      if (random.nextDouble() < density) {
        all[count++] = neuron;
      }
    }
    return Arrays.copyOf(all, count);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void patchesAreWhatSynapsesAre(Patches.Shape s) {
    long[] epoch = {0};
    var patches = new Patches(epoch, s);
    var stencil = new Stencil(s);
    float[] weights = numbers(s.targetChannels() * s.taps());
    int targets = s.targetChannels() * s.places();
    patches.beginGradient(weights.clone());
    for (int round = 0; round < 6; round++) {
      int[] list = list(s, round);
      int from = Math.min(round, list.length);
      float[] sums = round % 2 == 0 ? new float[targets] : numbers(targets);
      float[] wanted = sums.clone();
      float[] again = sums.clone();
      visit(s, list, from, list.length, (_, target, w) -> wanted[target] += weights[w]);
      if (round == 4) {
        patches.gradient(numbers(targets), 0, list, from, list.length);
        patches.addToZeros(sums, weights, list, from, list.length);
      } else {
        patches.add(sums, weights, list, from, list.length);
      }
      assertArrayEquals(wanted, sums);
      stencil.add(again, weights, list, from, list.length);
      assertArrayEquals(wanted, again);
      if (round == 3) {
        weights[7] = 2;
        epoch[0]++;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsAreWhatSynapsesGive(Patches.Shape s) {
    var patches = new Patches(new long[1], s);
    float[] gradient = numbers(s.targetChannels() * s.taps());
    float[] wanted = gradient.clone();
    int targets = s.targetChannels() * s.places();
    patches.beginGradient(gradient);
    for (int round = 0; round < 30; round++) {
      int[] list = list(s, round % 7);
      float[] came = numbers(targets + 5);
      visit(s, list, 0, list.length, (_, target, w) -> wanted[w] += came[5 + target]);
      patches.gradient(came, 5, list, 0, list.length);
    }
    patches.endGradient(gradient);
    assertArrayEquals(wanted, gradient);
  }

  @Test
  void productsAreThoseOfAPlainLoop() {
    for (int[] size :
        new int[][] {
          {25, 64, 64},
          {1, 7, 200},
          {9, 3, 31},
          {4, 1, 16},
          {6, 5, 143},
          {7, 3, 64},
          {11, 9, 70},
          {18, 2, 64},
          {3, 5, 40},
          {5, 7, 33},
          {8, 4, 17},
          {13, 6, 50},
          {8, 64, 64},
          {20, 75, 117},
          {25, 8, 64}
        }) {
      productsAreRight(size[0], size[1], size[2], 40, 1);
      productsAreRight(size[0], size[1], size[2], 1, 70);
    }
  }

  private void productsAreRight(int rows, int depth, int width, int aDepth, int aRow) {
    float[] a = numbers(3 + depth * aDepth + rows * aRow);
    int bDepth = width + 2;
    float[] b = numbers(1 + depth * bDepth);
    int line = width + 1;
    float[] c = numbers(2 + rows * line);
    float[] wide = c.clone();
    float[] narrow = c.clone();
    float[] wanted = c.clone();
    for (int n = 0; n < rows; n++) {
      for (int p = 0; p < width; p++) {
        for (int k = 0; k < depth; k++) {
          float times = a[3 + k * aDepth + n * aRow];
          int at = 2 + n * line + p;
          wanted[at] = Math.fma(times, b[1 + k * bDepth + p], wanted[at]);
        }
      }
    }
    new Products().add(c, 2, line, a, 3, aDepth, aRow, b, 1, bDepth, rows, depth, width);
    assertArrayEquals(wanted, c);
    int done =
        WideProductVector.add(wide, 2, line, a, 3, aDepth, aRow, b, 1, bDepth, rows, depth, width);
    ProductVector.rest(wide, 2, line, a, 3, aDepth, aRow, b, 1, bDepth, rows, depth, done, width);
    assertArrayEquals(wanted, wide);
    done =
        NarrowProductVector.add(
            narrow, 2, line, a, 3, aDepth, aRow, b, 1, bDepth, rows, depth, width);
    ProductVector.rest(narrow, 2, line, a, 3, aDepth, aRow, b, 1, bDepth, rows, depth, done, width);
    assertArrayEquals(wanted, narrow);
  }

  @Test
  void onlyProductsThatAreCalledAreWarmedUp() {
    int l = FloatVector.SPECIES_PREFERRED.length();
    int beside = NarrowProductVector.FIVE_BESIDE;
    assertEquals(List.of(beside), NarrowProductVector.loops(25, 8 * l, true));
    assertEquals(List.of(NarrowProductVector.FIVE), NarrowProductVector.loops(25, 8 * l, false));
    int byThree = NarrowProductVector.FOUR_BY_THREE;
    assertEquals(List.of(byThree), NarrowProductVector.loops(100, 3 * l, false));
    List<Integer> threesAndTwos = List.of(byThree, NarrowProductVector.SIX);
    assertEquals(threesAndTwos, NarrowProductVector.loops(12, 5 * l, true));
    assertEquals(List.of(), NarrowProductVector.loops(3, 8 * l, true));
    assertEquals(List.of(WideProductVector.FIVE), WideProductVector.loops(25));
    List<Integer> both = List.of(WideProductVector.FIVE, WideProductVector.FOUR);
    assertEquals(both, WideProductVector.loops(14));
    assertEquals(1, Products.loops(OptionalInt.of(25), 100, 8 * l, 30, 1).size());
    boolean wide = l == 16;
    OptionalInt eight = OptionalInt.of(8);
    List<Integer> together =
        wide ? List.of(ProductVector.EIGHT) : ProductVector.loops(8, 8 * l, 70);
    assertEquals(together, Products.loops(eight, 100, 8 * l, 1, 70));
    assertEquals(wide, Products.turns(eight, 100, 8 * l, 1, 70));
    assertFalse(Products.turns(eight, 100, 8 * l, 70, 1));
    assertFalse(Products.turns(OptionalInt.of(25), 100, 8 * l, 1, 70));
  }

  @Test
  void blocksAreThoseOfAPlainLoop() {
    for (int width : new int[] {1, 3, 4, 8, 12, 24, 31, 63}) {
      float[] from = numbers(7 * 70);
      float[] to = numbers(7 * 80);
      float[] wanted = to.clone();
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < width; x++) {
          wanted[5 + y * 80 + x] += from[3 + y * 70 + x];
        }
      }
      BlockVector.add(to, 5, 80, from, 3, 70, 6, width);
      assertArrayEquals(wanted, to);
    }
  }

  @Test
  void rowsBecomeColumns() {
    var turn = new Turn();
    for (int[] size :
        new int[][] {
          {256, 256}, {1, 40}, {37, 50}, {16, 7}, {70, 16}, {144, 12}, {40, 19}, {16, 12}
        }) {
      int height = size[0];
      int width = size[1];
      float[] from = numbers(4 + height * (width + 1));
      float[] to = numbers(5 + width * (height + 3));
      float[] wanted = to.clone();
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          wanted[5 + j * (height + 3) + i] = from[4 + i * (width + 1) + j];
        }
      }
      turn.turn(to, 5, height + 3, from, 4, width + 1, height, width);
      assertArrayEquals(wanted, to);
    }
  }
}
