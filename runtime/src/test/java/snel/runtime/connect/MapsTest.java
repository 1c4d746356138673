package snel.runtime.connect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapsTest {
  /// Every synapse from the definition, target by target.
  @ParameterizedTest
  @CsvSource({
    "2, 6, 7, 3, 3, 3, 1, 1, 0, 0, 1",
    "1, 28, 28, 2, 5, 5, 1, 1, 2, 2, 1",
    "3, 9, 8, 3, 2, 2, 2, 2, 0, 0, 1",
    "2, 9, 11, 2, 3, 2, 3, 2, 1, 1, 1",
    "2, 12, 10, 1, 3, 3, 1, 2, 2, 1, 2",
    "1, 1, 20, 4, 1, 5, 1, 3, 0, 2, 1",
    "1, 5, 5, 1, 5, 5, 4, 4, 4, 4, 3"
  })
  void mapsEqualTheirDefinition(
      int channels,
      int height,
      int width,
      int outputs,
      int ky,
      int kx,
      int sy,
      int sx,
      int py,
      int px,
      int dilation) {
    int th = Maps.targetSize(height, ky, sy, py, dilation);
    int tw = Maps.targetSize(width, kx, sx, px, dilation);
    Maps maps =
        new Maps(
            channels, height, width, outputs, th, tw, ky, kx, sy, sx, py, px, dilation, dilation, 1,
            false);
    check(maps, maps.convolution(), true, false);
    check(maps, maps.window(), false, false);
    if (channels == outputs) {
      check(maps, maps.pool(), false, true);
    } else {
      assertThrows(IllegalArgumentException.class, maps::pool);
    }
  }

  private static void check(Maps m, Csr rows, boolean shared, boolean pool) {
    int sources = m.sourceChannels() * m.sourceHeight() * m.sourceWidth();
    List<List<int[]>> expected = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      expected.add(new ArrayList<>());
    }
    int target = 0;
    for (int o = 0; o < m.targetChannels(); o++) {
      for (int ty = 0; ty < m.targetHeight(); ty++) {
        for (int tx = 0; tx < m.targetWidth(); tx++, target++) {
          for (int c = 0; c < m.sourceChannels(); c++) {
            for (int ky = 0; ky < m.kernelHeight(); ky++) {
              for (int kx = 0; kx < m.kernelWidth(); kx++) {
                int y = ty * m.strideY() - m.paddingY() + ky * m.dilationY();
                int x = tx * m.strideX() - m.paddingX() + kx * m.dilationX();
                boolean inside = y >= 0 && y < m.sourceHeight() && x >= 0 && x < m.sourceWidth();
                if (inside && (!pool || c == o)) {
                  int plane = pool ? 0 : shared ? o * m.sourceChannels() + c : c;
                  int kernel = (plane * m.kernelHeight() + ky) * m.kernelWidth() + kx;
                  expected
                      .get((c * m.sourceHeight() + y) * m.sourceWidth() + x)
                      .add(new int[] {target, kernel});
                }
              }
            }
          }
        }
      }
    }
    for (int i = 0; i < sources; i++) {
      int start = rows.rowStart()[i];
      assertEquals(expected.get(i).size(), rows.rowStart()[i + 1] - start);
      for (int k = 0; k < expected.get(i).size(); k++) {
        assertArrayEquals(
            expected.get(i).get(k),
            new int[] {rows.target().get(start + k), rows.shared()[start + k]});
      }
    }
  }

  /// Groups are convolutions beside one another, and a transposed convolution has the synapses of
  /// one the other way round, with the axes of its weights for channels swapped.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 3, 7, 6, 3, 2, 1, 1, 1, 0, 1, 1",
    "2, 3, 2, 9, 8, 3, 3, 2, 1, 1, 1, 1, 2",
    "3, 1, 1, 6, 5, 2, 3, 1, 2, 0, 1, 1, 1",
    "1, 2, 2, 8, 8, 4, 4, 2, 2, 1, 1, 1, 1"
  })
  void groupsAndTransposed(
      int from,
      int to,
      int groups,
      int height,
      int width,
      int ky,
      int kx,
      int sy,
      int sx,
      int py,
      int px,
      int dy,
      int dx) {
    int th = Maps.targetSize(height, ky, sy, py, dy);
    int tw = Maps.targetSize(width, kx, sx, px, dx);
    Maps one = new Maps(from, height, width, to, th, tw, ky, kx, sy, sx, py, px, dy, dx, 1, false);
    Set<List<Integer>> expected = new HashSet<>();
    for (int g = 0; g < groups; g++) {
      int weights = g * to * from * ky * kx;
      for (List<Integer> synapse : synapses(one.convolution())) {
        expected.add(
            List.of(
                synapse.get(0) + g * from * height * width,
                synapse.get(1) + g * to * th * tw,
                synapse.get(2) + weights));
      }
    }
    int f = from * groups;
    int t = to * groups;
    Maps dealt =
        new Maps(f, height, width, t, th, tw, ky, kx, sy, sx, py, px, dy, dx, groups, false);
    assertEquals(expected, Set.copyOf(synapses(dealt.convolution())));
    Maps turned =
        new Maps(t, th, tw, f, height, width, ky, kx, sy, sx, py, px, dy, dx, groups, true);
    Set<List<Integer>> back = new HashSet<>();
    expected.forEach(s -> back.add(List.of(s.get(1), s.get(0), s.get(2))));
    assertEquals(back, Set.copyOf(synapses(turned.convolution())));
  }

  /// Source, target and weight of each.
  private static List<List<Integer>> synapses(Csr rows) {
    List<List<Integer>> all = new ArrayList<>();
    for (int i = 0; i + 1 < rows.rowStart().length; i++) {
      int before = -1;
      for (int s = rows.rowStart()[i]; s < rows.rowStart()[i + 1]; s++) {
        assertTrue(rows.target().get(s) > before, "targets of a row rise");
        before = rows.target().get(s);
        all.add(List.of(i, before, rows.shared()[s]));
      }
    }
    return all;
  }

  @Test
  void sizesAreThoseOfFrameworks() {
    assertEquals(24, Maps.targetSize(28, 5, 1, 0, 1));
    assertEquals(28, Maps.targetSize(28, 5, 1, 2, 1));
    assertEquals(60, Maps.targetSize(240, 5, 4, 1, 1));
    assertEquals(0, Maps.targetSize(2, 3, 1, 0, 1));
  }
}
