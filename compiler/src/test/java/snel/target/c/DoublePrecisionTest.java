package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static snel.target.c.Samples.SPECIAL;
import static snel.target.c.Samples.assertSameDouble;
import static snel.target.c.Samples.buffer;
import static snel.target.c.Samples.number;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.runtime.numeric.F64;

/// Java's functions of `f64` against those of the C library, every result bit for bit.
class DoublePrecisionTest {
  private final List<CompiledLibrary> libraries = CompiledLibrary.all();

  enum Function {
    EXP(F64::exp, 750),
    EXPM1(F64::expm1, 720),
    LOG(F64::log, 1e3),
    LOG1P(F64::log1p, 3),
    SIN(F64::sin, 1e3),
    COS(F64::cos, 1e3),
    TAN(F64::tan, 1e3),
    ASIN(F64::asin, 1.01),
    ACOS(F64::acos, 1.01),
    ATAN(F64::atan, 10),
    SINH(F64::sinh, 715),
    COSH(F64::cosh, 715),
    TANH(F64::tanh, 25),
    SIGMOID(F64::sigmoid, 40),
    EXPREL(F64::exprel, 40);

    private final DoubleUnaryOperator java;
    private final double range;

    Function(DoubleUnaryOperator java, double range) {
      this.java = java;
      this.range = range;
    }
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfOne(Function function) {
    Random random = new Random(7);
    ByteBuffer input = buffer(8 * Samples.COUNT);
    for (double special : SPECIAL) {
      input.putDouble(special);
    }
    while (input.hasRemaining()) {
      input.putDouble(number(random, function.range));
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output =
          library.map(function.name().toLowerCase(Locale.ROOT) + "_f64", input.flip());
      assertEquals(8 * Samples.COUNT, output.remaining());
      for (int k = 0; k < Samples.COUNT; k++) {
        double x = input.getDouble(8 * k);
        assertSameDouble(
            function.java.applyAsDouble(x), output.getDouble(8 * k), function + " " + x);
      }
    }
  }

  @Test
  void anglesNearMultiplesOfAQuarterTurn() {
    ByteBuffer input = buffer(8 * Samples.COUNT);
    Random random = new Random(8);
    while (input.hasRemaining()) {
      double multiple = (1 + random.nextInt(1 << 22)) * (Math.PI / 2);
      long bits = Double.doubleToRawLongBits(multiple) + random.nextInt(3) - 1;
      input.putDouble(Double.longBitsToDouble(bits));
    }
    for (Function function : List.of(Function.SIN, Function.COS, Function.TAN)) {
      for (CompiledLibrary library : libraries) {
        ByteBuffer output =
            library.map(function.name().toLowerCase(Locale.ROOT) + "_f64", input.flip());
        for (int k = 0; k < Samples.COUNT; k++) {
          double x = input.getDouble(8 * k);
          assertSameDouble(
              function.java.applyAsDouble(x), output.getDouble(8 * k), function + " " + x);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pow", "atan2"})
  void functionsOfTwo(String name) {
    DoubleBinaryOperator java = name.equals("pow") ? F64::pow : F64::atan2;
    Random random = new Random(9);
    ByteBuffer input = buffer(16 * Samples.COUNT);
    for (double x : SPECIAL) {
      for (double y : SPECIAL) {
        input.putDouble(x).putDouble(y);
      }
    }
    while (input.hasRemaining()) {
      double x = number(random, 3);
      double y = random.nextInt(4) == 0 ? random.nextInt(40) - 20 : number(random, 300);
      input.putDouble(x).putDouble(y);
    }
    for (CompiledLibrary library : libraries) {
      ByteBuffer output = library.map(name + "_f64", input.flip());
      for (int k = 0; k < Samples.COUNT; k++) {
        double x = input.getDouble(16 * k);
        double y = input.getDouble(16 * k + 8);
        String what = name + "(" + x + ", " + y + ")";
        assertSameDouble(java.applyAsDouble(x, y), output.getDouble(8 * k), what);
      }
    }
  }
}
