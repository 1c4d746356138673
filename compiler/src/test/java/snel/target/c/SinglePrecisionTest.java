package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static snel.target.c.Samples.SPECIAL;
import static snel.target.c.Samples.assertSameFloat;
import static snel.target.c.Samples.buffer;
import static snel.target.c.Samples.number;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.numeric.F32;

/// Java's functions of `f32` against those of the C library, every result bit for bit.
class SinglePrecisionTest {
  private final List<CompiledLibrary> libraries = CompiledLibrary.all();

  interface FloatOperator {
    float apply(float x);
  }

  enum Function {
    EXP(F32::exp),
    EXPM1(F32::expm1),
    LOG(F32::log),
    LOG1P(F32::log1p),
    SIN(F32::sin),
    COS(F32::cos),
    TAN(F32::tan),
    ASIN(F32::asin),
    ACOS(F32::acos),
    ATAN(F32::atan),
    SINH(F32::sinh),
    COSH(F32::cosh),
    TANH(F32::tanh),
    SIGMOID(F32::sigmoid),
    EXPREL(F32::exprel);

    private final FloatOperator java;

    Function(FloatOperator java) {
      this.java = java;
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfOne(Function function) {
    ByteBuffer input = buffer(4 * Samples.COUNT);
    for (long bits = 0; input.hasRemaining(); bits += (1L << 32) / Samples.COUNT) {
      input.putInt((int) bits);
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output =
          library.map(function.name().toLowerCase(Locale.ROOT) + "_f32", input.flip());
      assertEquals(4 * Samples.COUNT, output.remaining());
      for (int k = 0; k < Samples.COUNT; k++) {
        float x = input.getFloat(4 * k);
        assertSameFloat(function.java.apply(x), output.getFloat(4 * k), function + " " + x);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pow", "atan2"})
  void functionsOfTwo(String name) {
    Random random = new Random(10);
    ByteBuffer input = buffer(8 * Samples.COUNT);
    for (double x : SPECIAL) {
      for (double y : SPECIAL) {
        input.putFloat((float) x).putFloat((float) y);
      }
    }
    while (input.hasRemaining()) {
      input.putFloat((float) number(random, 3)).putFloat((float) number(random, 30));
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output = library.map(name + "_f32", input.flip());
      for (int k = 0; k < Samples.COUNT; k++) {
        float x = input.getFloat(8 * k);
        float y = input.getFloat(8 * k + 4);
        float java = name.equals("pow") ? F32.pow(x, y) : F32.atan2(x, y);
        assertSameFloat(java, output.getFloat(4 * k), name + "(" + x + ", " + y + ")");
      }
    }
  }

  /// semantics.md §12: hashes over a stride of a prime, and over all floats (full; in C only where
  /// it is vectorised, as elsewhere it takes minutes a function).
  @ParameterizedTest
  @ValueSource(strings = {"exp", "log", "expm1", "normal", "tanh", "sigmoid", "exprel"})
  void hashesOverTheFloats(String name) {
    String strided = hash(name, 4_099);
    for (CompiledLibrary library : libraries) {
      assertEquals(strided, library.run("hash", name + "_f32", "4099"));
    }
    if (Samples.FULL) {
      assertEquals(hash(name, 1), libraries.get(1).run("hash", name + "_f32", "1"));
    }
  }

  private static String hash(String name, long stride) {
    FusedArithmeticTest.FloatWordOperator java = F32::normal;
    if (!name.equals("normal")) {
      FloatOperator function = Function.valueOf(name.toUpperCase(Locale.ROOT)).java;
      java = bits -> function.apply(Float.intBitsToFloat(bits));
    }
    long hash = 0;
    for (long bits = 0; bits < 1L << 32; bits += stride) {
      float y = java.apply((int) bits);
      hash = hash * 0x9E3779B97F4A7C15L + Integer.toUnsignedLong(Float.floatToIntBits(y)) + 1;
    }
    return String.format("%016x%n", hash);
  }
}
