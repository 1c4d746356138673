package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import snel.target.jvm.JvmTarget;

/// With `sum any` what most steps have in common is added up once. Derivatives are then those of
/// sums in order, to the last bits or so.
class SumAnyGradientTest {
  private static final float MOST_OFF = 1e-5f;

  private static String program(String order) {
    return """
    import std.neurons.unit.Leaky
    neuron Source { input r : frequency; spike at poisson(r) }
    neuron Cell {
      state v : real = 0
      v' = -v / 20 ms
      receive syn(w : real) %s { v += w }
      spike when v > 1
      reset { v -= 1 }
    }
    network Net {
      input gain : real
      population x : Source[90](r: gain * (if self.index < 50 then 950 Hz else 100 Hz))
      population h : Cell[203]
      population y : Leaky[3]
      connect x -> h as a  all  weight uniform(-0.1, 0.15)  instant
      connect h -> y as c  all  weight uniform(-0.2, 0.2)  instant
    }
    experiment e on Net {
      step 1 ms; seed 3
      train by bptt() with adam(1e-2)
      reset all
      present gain = 1 for 25 ms
      minimise cross_entropy(max_over_time(y.v), 1)
    }
    """
        .formatted(order);
  }

  private static float[] gradient(String order) {
    var learning = Learning.of(program(order), JvmTarget.Code.VECTOR);
    learning.sample(1);
    return learning.floats(Reverse.derivative("a.w"));
  }

  @Test
  void isThatOfSumsInOrder() {
    float[] expected = gradient("");
    float[] found = gradient("sum any");
    float largest =
        (float)
            IntStream.range(0, 90 * 203).mapToDouble(k -> Math.abs(expected[k])).max().orElse(0);
    assertArrayEquals(expected, found, MOST_OFF * largest);
    assertFalse(Arrays.equals(expected, found), "sums are made in another order");
  }
}
