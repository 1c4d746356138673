package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import snel.target.jvm.JvmTarget;

/// Layers wide enough for loops in vectors: their weights after updates are the same bits as those
/// of scalar code.
class WideLayersTest {
  private static final String PROGRAM =
      """
      import std.neurons.unit.{Lif, Leaky}
      neuron Source { input r : frequency; spike at poisson(r) }
      network Net {
        input gain : real
        population x : Source[70](r: gain * 300 Hz)
        population h : Lif[203]
        population y : Leaky[3]
        connect x -> h as a  all  weight uniform(0, 0.2)  instant
        connect h -> h as r  all  weight uniform(-0.1, 0.1)
        connect h -> y as c  all  weight uniform(-0.2, 0.2)  instant
      }
      experiment e on Net {
        step 1 ms; seed 3
        train by bptt() with adam(1e-2)
        reset all
        present gain = 1 for 25 ms
        minimise cross_entropy(max_over_time(y.v), 1)
      }
      """;

  private static List<float[]> trained(JvmTarget.Code code) {
    var learning = Learning.of(PROGRAM, code);
    for (int update = 0; update < 3; update++) {
      for (int sample = 0; sample < 4; sample++) {
        learning.sample(1);
      }
      learning.update(4);
    }
    return List.of(
        learning.floats("a.w"),
        learning.floats("r.w"),
        learning.floats("c.w"),
        learning.floats(Reverse.derivative("r.w")));
  }

  @Test
  void vectorsChangeNoBit() {
    List<float[]> scalar = trained(JvmTarget.Code.SCALAR);
    List<float[]> vectors = trained(JvmTarget.Code.VECTOR);
    for (int k = 0; k < scalar.size(); k++) {
      assertArrayEquals(scalar.get(k), vectors.get(k));
    }
    float[] weights = scalar.getFirst();
    assertTrue(IntStream.range(0, weights.length).anyMatch(k -> weights[k] > 0.2f), "it learns");
  }
}
