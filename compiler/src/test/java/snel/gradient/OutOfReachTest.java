package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.target.jvm.JvmTarget;

/// A neuron whose threshold is infinite is a potential that is read: it learns as one without a
/// threshold does.
class OutOfReachTest {
  private static final String PROGRAM =
      """
      neuron Source { input r : frequency; spike at poisson(r) }
      neuron Cell {
        param V_th = 1
        state v : real = 0
        v' = -v / 20 ms
        receive syn(w : real) { v += w }
        spike when v > V_th
        reset { v -= V_th }
      }
      neuron Reader {
        param V_th = infinity
        state v : real = 0
        v' = -v / 20 ms
        receive syn(w : real) { v += w }
        SPIKE
      }
      network Net {
        input gain : real
        population x : Source[20](r: gain * 200 Hz)
        population h : Cell[15]
        population y : Reader[3]
        connect x -> h as a  all  weight uniform(-0.1, 0.3)  instant
        connect h -> y as c  all  weight uniform(-0.2, 0.2)  instant
      }
      experiment e on Net {
        step 1 ms; seed 3
        train by METHOD with adam(1e-2)
        reset all
        present gain = 1 for 25 ms
        minimise cross_entropy(max_over_time(y.v), 1)
      }
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spike when v > V_th; reset { v -= V_th }",
        "spike when v >= V_th; reset { v = 0 }",
        "spike when V_th < v; reset { v -= V_th }",
        "spike when v > V_th and v > 0; reset { v -= V_th }"
      })
  void learnsAsOneWithoutThreshold(String spike) {
    for (String method : List.of("bptt()", "eprop()")) {
      float[] expected = gradient("", method);
      assertFalse(Arrays.equals(new float[expected.length], expected));
      assertArrayEquals(expected, gradient(spike, method), method);
    }
  }

  private static float[] gradient(String spike, String method) {
    String program = PROGRAM.replace("SPIKE", spike).replace("METHOD", method);
    var learning = Learning.of(program, JvmTarget.Code.VECTOR);
    learning.sample(1);
    return learning.floats(Reverse.derivative("a.w"));
  }
}
