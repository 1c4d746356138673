package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static snel.target.c.Samples.SPECIAL;
import static snel.target.c.Samples.assertSameDouble;
import static snel.target.c.Samples.assertSameFloat;
import static snel.target.c.Samples.buffer;
import static snel.target.c.Samples.number;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.numeric.F32;
import snel.runtime.numeric.F64;

/// Fused multiply-adds, whole powers and numbers of random words: Java against C.
class FusedArithmeticTest {
  private final List<CompiledLibrary> libraries = CompiledLibrary.all();

  interface FloatWordOperator {
    float apply(int word);
  }

  interface DoubleWordOperator {
    double apply(int word);
  }

  @Test
  void wholePowers() {
    Random random = new Random(11);
    ByteBuffer floats = buffer(8 * 1000);
    ByteBuffer doubles = buffer(12 * 1000);
    while (floats.hasRemaining()) {
      int n = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(40) - 20;
      floats.putFloat((float) number(random, 3)).putInt(n);
      doubles.putDouble(number(random, 3)).putInt(n);
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer single = library.map("power_f32", floats.flip());
      ByteBuffer twice = library.map("power_f64", doubles.flip());
      for (int k = 0; k < 1000; k++) {
        float x = floats.getFloat(8 * k);
        int n = floats.getInt(8 * k + 4);
        assertSameFloat(F32.power(x, n), single.getFloat(4 * k), x + "^" + n);
        double y = doubles.getDouble(12 * k);
        assertSameDouble(F64.power(y, n), twice.getDouble(8 * k), y + "^" + n);
      }
    }
  }

  @Test
  void numbersOfRandomWords() {
    ByteBuffer input = buffer(4 * Samples.COUNT);
    Random random = new Random(12);
    input.putInt(0).putInt(-1).putInt(Integer.MAX_VALUE).putInt(Integer.MIN_VALUE);
    while (input.hasRemaining()) {
      int word = random.nextInt();
      input.putInt(random.nextInt(4) == 0 ? word >> random.nextInt(32) : word);
    }
    for (CompiledLibrary library : libraries) {
      words(library, input, "normal_f32", F32::normal, "normal_f64", F64::normal);
      words(library, input, "uniform_f32", F32::uniform, "uniform_f64", F64::uniform);
    }
  }

  private static void words(
      CompiledLibrary library,
      ByteBuffer input,
      String single,
      FloatWordOperator javaSingle,
      String twice,
      DoubleWordOperator javaTwice) {
    ByteBuffer floats = library.map(single, input.flip());
    ByteBuffer doubles = library.map(twice, input.flip());
    for (int k = 0; k < Samples.COUNT; k++) {
      int word = input.getInt(4 * k);
      assertSameFloat(javaSingle.apply(word), floats.getFloat(4 * k), single + " " + word);
      assertSameDouble(javaTwice.apply(word), doubles.getDouble(8 * k), twice + " " + word);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fma_f32", "fma_f32_software"})
  void fusedSinglePrecision(String name) {
    ByteBuffer input = buffer(12 * Samples.COUNT);
    // Where newlib's fmaf is off by one (semantics.md §11).
    input.putInt(0xa1ee9a40).putInt(0x42920000).putInt(0x889ff83b);
    Random random = new Random(13);
    while (input.hasRemaining()) {
      float a = (float) number(random, 4);
      float b = (float) number(random, 4);
      float c =
          random.nextBoolean()
              ? (float) number(random, 4)
              : -a * b * (1 + random.nextInt(9) * 0x1p-23f);
      input.putFloat(a).putFloat(b).putFloat(c);
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output = library.map(name, input.flip());
      assertEquals(0xa50813f9, output.getInt(0));
      for (int k = 0; k < Samples.COUNT; k++) {
        float a = input.getFloat(12 * k);
        float b = input.getFloat(12 * k + 4);
        float c = input.getFloat(12 * k + 8);
        assertSameFloat(Math.fma(a, b, c), output.getFloat(4 * k), a + " * " + b + " + " + c);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fma_f64", "fma_f64_software"})
  void fusedDoublePrecision(String name) {
    ByteBuffer input = buffer(24 * Samples.COUNT);
    for (double a : SPECIAL) {
      for (double b : SPECIAL) {
        for (double c : SPECIAL) {
          input.putDouble(a).putDouble(b).putDouble(c);
        }
      }
    }
    Random random = new Random(14);
    while (input.hasRemaining()) {
      double a = number(random, 4);
      double b = number(random, 4);
      double c =
          switch (random.nextInt(3)) {
            case 0 -> number(random, 4);
            case 1 -> -a * b * (1 + random.nextInt(9) * 0x1p-52);
            default -> Math.scalb(a * b, random.nextInt(240) - 120) * random.nextDouble();
          };
      input.putDouble(a).putDouble(b).putDouble(c);
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output = library.map(name, input.flip());
      for (int k = 0; k < Samples.COUNT; k++) {
        double a = input.getDouble(24 * k);
        double b = input.getDouble(24 * k + 8);
        double c = input.getDouble(24 * k + 16);
        assertSameDouble(Math.fma(a, b, c), output.getDouble(8 * k), a + " * " + b + " + " + c);
      }
    }
  }
}
