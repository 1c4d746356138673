package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static snel.target.c.Samples.buffer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.runtime.connect.Bernoulli;
import snel.runtime.connect.Csr;
import snel.runtime.connect.Ends;
import snel.runtime.connect.FixedDegree;
import snel.runtime.connect.FixedTotal;
import snel.runtime.connect.Maps;
import snel.runtime.connect.Simple;
import snel.runtime.connect.SkipTable;
import snel.runtime.connect.SynapseOrder;

/// Connection rules and orders of synapses: Java against C, on random sizes.
class ConnectTest {
  private static final int TRIALS = Samples.FULL ? 400 : 25;

  private final List<CompiledLibrary> libraries = CompiledLibrary.all();
  private final Random random = new Random(31);

  private enum Rule {
    ALL,
    ONE_TO_ONE,
    PAIRS,
    BERNOULLI,
    INDEGREE,
    OUTDEGREE,
    TOTAL,
    CONVOLUTION,
    POOL,
    WINDOW
  }

  @Test
  void rulesWithoutChance() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Ends ends = ends();
      compare(Rule.ALL, 0, 0, ends, 0, false, buffer(0), Simple.all(ends));
      Ends square = new Ends(ends.sources(), ends.sources(), ends.excludesSelf(), 0);
      compare(Rule.ONE_TO_ONE, 0, 0, square, 0, false, buffer(0), Simple.oneToOne(square));
    }
  }

  @Test
  void lists() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Ends ends = ends();
      int count = random.nextInt(500);
      int[] sources = random.ints(count, 0, ends.sources()).toArray();
      int[] targets = random.ints(count, 0, ends.targets()).toArray();
      ByteBuffer payload = buffer(8 * count);
      for (int source : sources) {
        payload.putInt(source);
      }
      for (int target : targets) {
        payload.putInt(target);
      }
      Csr java = Simple.pairs(ends, sources, targets);
      compare(Rule.PAIRS, 0, 0, ends, count, false, payload.flip(), java);
    }
  }

  @Test
  void probabilities() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Ends ends = ends();
      int seed = random.nextInt();
      int stream = random.nextInt();
      double p = trial == 0 ? 0 : trial == 1 ? 1 : Math.pow(random.nextDouble(), 3);
      SkipTable table = SkipTable.of(p);
      ByteBuffer payload = buffer(8 * table.size());
      for (long entry : table.entries()) {
        payload.putLong(entry);
      }
      Csr java = Bernoulli.of(seed, stream, ends, table);
      compare(Rule.BERNOULLI, seed, stream, ends, table.size(), false, payload.flip(), java);
    }
  }

  @Test
  void degreesAndTotals() {
    for (int trial = 0; trial < TRIALS; trial++) {
      Ends ends = ends();
      int seed = random.nextInt();
      int stream = random.nextInt();
      boolean multapses = random.nextBoolean();
      int in = random.nextInt(ends.sources());
      Csr javaIn = FixedDegree.in(seed, stream, ends, in, multapses && ends.sources() > 1);
      compare(
          Rule.INDEGREE,
          seed,
          stream,
          ends,
          in,
          multapses && ends.sources() > 1,
          buffer(0),
          javaIn);
      int out = random.nextInt(ends.targets());
      Csr javaOut = FixedDegree.out(seed, stream, ends, out, multapses && ends.targets() > 1);
      compare(
          Rule.OUTDEGREE,
          seed,
          stream,
          ends,
          out,
          multapses && ends.targets() > 1,
          buffer(0),
          javaOut);
      int total = (int) random.nextLong(ends.pairs() + 1);
      Csr javaTotal = FixedTotal.of(seed, stream, ends, total, multapses);
      compare(Rule.TOTAL, seed, stream, ends, total, multapses, buffer(0), javaTotal);
    }
  }

  @Test
  void maps() {
    for (int trial = 0; trial < TRIALS; trial++) {
      int channels = 1 + random.nextInt(3);
      int height = 1 + random.nextInt(12);
      int width = 1 + random.nextInt(12);
      int ky = 1 + random.nextInt(4);
      int kx = 1 + random.nextInt(4);
      int sy = 1 + random.nextInt(3);
      int sx = 1 + random.nextInt(3);
      int py = random.nextInt(3);
      int px = random.nextInt(3);
      int dy = 1 + random.nextInt(2);
      int dx = 1 + random.nextInt(2);
      int outputs = random.nextBoolean() ? channels : 1 + random.nextInt(3);
      int th = Math.max(0, Maps.targetSize(height, ky, sy, py, dy));
      int tw = Math.max(0, Maps.targetSize(width, kx, sx, px, dx));
      Maps maps =
          new Maps(
              channels, height, width, outputs, th, tw, ky, kx, sy, sx, py, px, dy, dx, 1, false);
      Ends ends = Ends.of(channels * height * width, outputs * th * tw);
      compare(Rule.CONVOLUTION, 0, 0, ends, 0, false, payload(maps), maps.convolution());
      compare(Rule.WINDOW, 0, 0, ends, 0, false, payload(maps), maps.window());
      if (channels == outputs) {
        compare(Rule.POOL, 0, 0, ends, 0, false, payload(maps), maps.pool());
      }
      int groups = 1 + random.nextInt(3);
      int from = channels * groups;
      int to = (1 + random.nextInt(2)) * groups;
      Maps dealt =
          new Maps(from, height, width, to, th, tw, ky, kx, sy, sx, py, px, dy, dx, groups, false);
      Maps turned =
          new Maps(to, th, tw, from, height, width, ky, kx, sy, sx, py, px, dy, dx, groups, true);
      Ends one = Ends.of(from * height * width, to * th * tw);
      Ends other = Ends.of(to * th * tw, from * height * width);
      compare(Rule.CONVOLUTION, 0, 0, one, 0, false, payload(dealt), dealt.convolution());
      compare(Rule.CONVOLUTION, 0, 0, other, 0, false, payload(turned), turned.convolution());
    }
  }

  private static ByteBuffer payload(Maps m) {
    int[] fields = {
      m.sourceChannels(),
      m.sourceHeight(),
      m.sourceWidth(),
      m.targetChannels(),
      m.targetHeight(),
      m.targetWidth(),
      m.kernelHeight(),
      m.kernelWidth(),
      m.strideY(),
      m.strideX(),
      m.paddingY(),
      m.paddingX(),
      m.dilationY(),
      m.dilationX(),
      m.groups(),
      m.transposed() ? 1 : 0
    };
    ByteBuffer payload = buffer(4 * fields.length);
    for (int field : fields) {
      payload.putInt(field);
    }
    return payload.flip();
  }

  private Ends ends() {
    int sources = 1 + random.nextInt(80);
    int targets = 1 + random.nextInt(80);
    return new Ends(sources, targets, random.nextBoolean(), random.nextInt(41) - 20);
  }

  private void compare(
      Rule rule,
      int seed,
      int stream,
      Ends ends,
      int k,
      boolean multapses,
      ByteBuffer payload,
      Csr java) {
    ByteBuffer input = buffer(40 + payload.remaining());
    input.putInt(rule.ordinal()).putInt(seed).putInt(stream);
    input.putInt(ends.sources()).putInt(ends.targets());
    input.putInt(ends.excludesSelf() ? 1 : 0).putInt(ends.selfOffset());
    input.putInt(k).putInt(multapses ? 1 : 0).putInt(payload.remaining());
    input.put(payload);
    for (CompiledLibrary library : libraries) {
      ByteBuffer output = library.map("connect", input.flip());
      String what = rule + " " + ends + " " + k;
      int count = output.getInt();
      assertEquals(java.count(), count, what);
      assertArrayEquals(java.rowStart(), ints(output, ends.sources() + 1), what);
      assertArrayEquals(java.target().toArray(), ints(output, count), what);
      assertArrayEquals(java.shared(), ints(output, java.shared().length), what);
      assertArrayEquals(java.multapse(), ints(output, count), what);
      compareOrders(ends, java, output, what);
      assertEquals(0, output.remaining());
    }
  }

  private static void compareOrders(Ends ends, Csr java, ByteBuffer output, String what) {
    int count = java.count();
    char[] delay = new char[count];
    int[] synapse = new int[count];
    for (int s = 0; s < count; s++) {
      delay[s] = (char) (java.target().get(s) % 3);
      synapse[s] = s;
    }
    int[] target = java.target().toArray();
    int[] classStart = new int[3 * ends.sources() + 1];
    SynapseOrder.byDelay(java.rowStart(), delay, 3, classStart, delay, target, synapse);
    assertArrayEquals(classStart, ints(output, classStart.length), what);
    assertArrayEquals(target, ints(output, count), what);
    assertArrayEquals(synapse, ints(output, count), what);
    int[] columnStart = new int[3 * ends.targets() + 1];
    int[] source = new int[count];
    SynapseOrder.byTarget(java.rowStart(), target, delay, 3, columnStart, synapse, source);
    assertArrayEquals(columnStart, ints(output, columnStart.length), what);
    assertArrayEquals(synapse, ints(output, count), what);
    assertArrayEquals(source, ints(output, count), what);
  }

  private static int[] ints(ByteBuffer from, int count) {
    int[] numbers = new int[count];
    for (int k = 0; k < count; k++) {
      numbers[k] = from.getInt();
    }
    return numbers;
  }
}
