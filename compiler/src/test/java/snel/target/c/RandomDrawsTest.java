package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static snel.target.c.Samples.assertSameDouble;
import static snel.target.c.Samples.buffer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.numeric.Fixed;
import snel.runtime.rng.Distributions;
import snel.runtime.rng.Philox;
import snel.runtime.rng.PoissonTable;
import snel.runtime.rng.Words;

/// Random words, distributions and fixed point: Java against C.
class RandomDrawsTest {
  private static final int COUNT = Samples.COUNT / 20;

  private final List<CompiledLibrary> libraries = CompiledLibrary.all();

  @ParameterizedTest
  @ValueSource(strings = {"exponential", "lognormal", "gamma", "binomial", "poisson", "threshold"})
  void distributions(String name) {
    Random random = new Random(21);
    ByteBuffer input = buffer(40 * COUNT);
    while (input.hasRemaining()) {
      for (int k = 0; k < 6; k++) {
        input.putInt(random.nextInt());
      }
      double a = Math.exp(random.nextGaussian() * 3);
      double b = random.nextDouble();
      switch (name) {
        case "binomial" -> input.putDouble(Math.floor(a * 10)).putDouble(b);
        case "threshold" -> input.putDouble(b * a * 0.1).putDouble(0);
        default -> input.putDouble(a).putDouble(b);
      }
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output = library.map("draw " + name, input.flip());
      assertEquals(8 * COUNT, output.remaining());
      for (int n = 0; n < COUNT; n++) {
        int at = 40 * n;
        int seed = input.getInt(at);
        int stream = input.getInt(at + 4);
        int q = input.getInt(at + 8);
        int c2 = input.getInt(at + 12);
        int c3 = input.getInt(at + 16);
        double a = input.getDouble(at + 24);
        double b = input.getDouble(at + 32);
        double java =
            switch (name) {
              case "exponential" -> Distributions.exponential(seed, stream, q, c2, c3);
              case "lognormal" -> Distributions.lognormal(seed, stream, q, c2, c3, a, b);
              case "gamma" -> Distributions.gamma(seed, stream, q, c2, c3, a);
              case "binomial" -> Distributions.binomial(seed, stream, q, c2, c3, a, b);
              case "threshold" -> Words.threshold(a);
              default -> PoissonTable.count(Philox.word(seed, stream, q, 0, c2, c3, 0), a);
            };
        assertSameDouble(java, output.getDouble(8 * n), name + " of " + a + ", " + b);
      }
    }
  }

  @Test
  void largePoissonMeans() {
    ByteBuffer input = buffer(40 * 200);
    Random random = new Random(22);
    while (input.hasRemaining()) {
      for (int k = 0; k < 6; k++) {
        input.putInt(random.nextInt());
      }
      input.putDouble(490 + random.nextInt(10_000) * 0.37).putDouble(0);
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output = library.map("draw poisson", input.flip());
      for (int n = 0; n < 200; n++) {
        int at = 40 * n;
        int word =
            Philox.word(
                input.getInt(at),
                input.getInt(at + 4),
                input.getInt(at + 8),
                0,
                input.getInt(at + 12),
                input.getInt(at + 16),
                0);
        double mean = input.getDouble(at + 24);
        assertEquals(PoissonTable.count(word, mean), output.getDouble(8 * n));
      }
    }
  }

  interface IntegerFunction {
    long apply(long a, long b, int f, int width, int word);
  }

  enum Whole {
    SATURATE((a, b, f, width, word) -> Fixed.saturate(a, width)),
    WRAP((a, b, f, width, word) -> Fixed.wrap(a, width)),
    WRAP_LAVA((a, b, f, width, word) -> Fixed.wrapLava(a, width)),
    ADD((a, b, f, width, word) -> Fixed.add(a, b, width)),
    SUBTRACT((a, b, f, width, word) -> Fixed.subtract(a, b, width)),
    FLOOR((a, b, f, width, word) -> Fixed.floor(a, f)),
    NEAREST((a, b, f, width, word) -> Fixed.nearest(a, f)),
    ZERO((a, b, f, width, word) -> Fixed.zero(a, f)),
    STOCHASTIC((a, b, f, width, word) -> Fixed.stochastic(a, f, word)),
    MULTIPLY((a, b, f, width, word) -> Fixed.multiply(a, b, f, width)),
    DECAY((a, b, f, width, word) -> Fixed.decay(a, b & 4095)),
    DIVIDE((a, b, f, width, word) -> Fixed.divide(a, b, f, width)),
    EXP((a, b, f, width, word) -> Fixed.exp(a, f)),
    RESCALE((a, b, f, width, word) -> Fixed.rescale(a, f, width - f)),
    PHILOX((a, b, f, width, word) -> pair((int) a, (int) b, word)),
    WORD((a, b, f, width, word) -> Integer.toUnsignedLong(word((int) a, (int) b, word))),
    BELOW((a, b, f, width, word) -> Words.below(a, b >>> 1)),
    REDRAW((a, b, f, width, word) -> Integer.toUnsignedLong(Words.redraw((int) a, word & 63)));

    private final IntegerFunction java;

    Whole(IntegerFunction java) {
      this.java = java;
    }

    private static long pair(int u, int v, int word) {
      return Philox.pair(u, v, word, u ^ v, u + word, v - word, word & 1);
    }

    private static int word(int u, int v, int word) {
      return Philox.word(u, v, word, u ^ v, u + word, v - word, word);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wholeNumbers(Whole function) {
    Random random = new Random(23);
    ByteBuffer input = buffer(32 * COUNT);
    while (input.hasRemaining()) {
      int width = 2 + random.nextInt(31);
      int f = random.nextInt(width);
      // Operands of `width` bits, the least and greatest among them.
      long greatest = Fixed.greatest(width);
      long a = random.nextInt(8) == 0 ? ~greatest : random.nextLong() >> (64 - width);
      long b = random.nextInt(8) == 0 ? random.nextInt(3) - 1 : random.nextLong() >> (64 - width);
      input.putLong(a).putLong(b).putInt(f).putInt(width).putInt(random.nextInt()).putInt(0);
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output =
          library.map(
              "integers " + function.name().toLowerCase(java.util.Locale.ROOT), input.flip());
      assertEquals(8 * COUNT, output.remaining());
      for (int n = 0; n < COUNT; n++) {
        int at = 32 * n;
        long a = input.getLong(at);
        long b = input.getLong(at + 8);
        int f = input.getInt(at + 16);
        int width = input.getInt(at + 20);
        long java = function.java.apply(a, b, f, width, input.getInt(at + 24));
        if (java != output.getLong(8 * n)) {
          assertEquals(java, output.getLong(8 * n), function + " of " + a + ", " + b + ", " + f);
        }
      }
    }
  }
}
