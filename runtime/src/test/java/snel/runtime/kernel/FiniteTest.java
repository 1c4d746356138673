package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {
  private static final float[] OTHERS = {
    Float.NaN,
    -Float.NaN,
    Float.intBitsToFloat(0xffc00001),
    Float.intBitsToFloat(0x7f800001),
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  private static final float[] NUMBERS = {
    0, -0f, 1, -1, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_VALUE
  };

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstIsFoundWhereverItIs(boolean inVectors) {
    for (int length : new int[] {1, 7, 64, 200, 513}) {
      for (float other : OTHERS) {
        for (int at = 0; at < length; at++) {
          float[] elements = new float[length];
          for (int k = 0; k < length; k++) {
            elements[k] = NUMBERS[k % NUMBERS.length];
          }
          elements[length - 1] = other;
          elements[at] = other;
          assertEquals(at, Finite.firstOther(elements, inVectors));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void numbersHaveNone(boolean inVectors) {
    float[] elements = new float[531];
    for (int k = 0; k < elements.length; k++) {
      elements[k] = NUMBERS[k % NUMBERS.length];
      assertEquals(-1, Finite.firstOther(Arrays.copyOf(elements, k + 1), inVectors));
    }
    assertEquals(-1, Finite.firstOther(new float[0], inVectors));
    assertEquals(-1, Finite.firstOther(new int[] {1}, inVectors));
  }

  @Test
  void doublesToo() {
    assertEquals(1, Finite.firstOther(new double[] {Double.MAX_VALUE, Double.NaN}));
    assertEquals(-1, Finite.firstOther(new double[] {Double.MAX_VALUE, -1}));
  }
}
