package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.target.jvm.JvmTarget;

/// Layers wide enough for loops in vectors: weights after updates are the same bits as those of
/// scalar code.
class WideLayersTest {
  private static final String LEARNS =
      """
      experiment e on Net {
        step 1 ms; seed 3
        train by bptt() with adam(1e-2)
        reset all
        present gain = 1 for 25 ms
        minimise cross_entropy(max_over_time(y.v), 1)
      }
      """;

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
      """
          + LEARNS;

  private static final String MAPS =
      """
      import std.neurons.unit.{Lif, Leaky}
      neuron Source { input r : frequency; spike at poisson(r) }
      network Net {
        input gain : real
        population x : Source[2, 9, 10](r: gain * 300 Hz)
        population p : Lif[3, 9, 10]
        population h : Lif[4, 4, 4]
        population y : Leaky[3]
        connect x -> p as a  conv([3, 3], padding: 1)  weight uniform(0, 0.9)  instant
        connect p -> h as r  conv([3, 3], stride: 2)  weight uniform(-0.2, 0.5)  instant
        connect h -> y as c  all  weight uniform(-0.4, 0.4)  instant
      }
      """
          + LEARNS;

  private static final String VALUES =
      """
      import std.neurons.unit.{Lif, Leaky}
      neuron Source { input r : frequency; spike at poisson(r) }
      neuron Rectified { input x : real; state v : real = 0; every dt { v = max(0, x) } }
      synapse Weighted { weight w : real; transmit w * pre.v }
      network Net {
        input gain : real
        population x : Source[70](r: gain * 300 Hz)
        population h : Lif[203]
        population p : Rectified[90]
        population y : Sum[3]
        connect x -> h as a    all  weight uniform(0, 0.2)  instant
        connect h -> p.x as r  all  weight uniform(-0.1, 0.1)  synapse Weighted
        connect p -> y.x as c  all  weight uniform(-0.2, 0.2)  synapse Weighted
      }
      neuron Sum { input x : real; state v : real = 0; every dt { v = x } }
      """
          + LEARNS;

  /// What programs with pools of maxima begin with: neurons before and behind these.
  private static final String AROUND_MAXIMA =
      """
      import std.neurons.unit.{Lif, Leaky}
      import std.neurons.unit.Rectified.Strongest
      neuron Source { input r : frequency; spike at poisson(r) }
      neuron Current {
        state i : real = 0
        state v : real = 0
        receive syn(w : real) { i += w }
        every dt { v = i; i = 0 }
      }
      neuron Cell {
        input x : real
        state v : real = 0
        every dt { v = 0.9 * (v + x) }
        spike when v > 1
        reset { v -= 1 }
      }
      """;

  private static final String POOLS =
      AROUND_MAXIMA
          + """
          network Net {
            input gain : real
            population x : Source[2, 10, 42](r: gain * 300 Hz)
            population m : Current[3, 8, 40]
            population p : Cell[3, 4, 20]
            population q : Lif[5, 2, 18]
            population s : Lif[5, 1, 9]
            population y : Leaky[3]
            connect x -> m as a  conv([3, 3])  weight uniform(-0.2, 0.4)  instant
            connect m -> p.x     pool([2, 2])  weight 1  synapse Strongest
            connect p -> q as r  conv([3, 3])  weight uniform(-0.2, 0.5)  instant
            connect q -> s       pool([2, 2])  weight 0.6  instant
            connect s -> y as c  all  weight uniform(-0.4, 0.4)  instant
          }
          """
          + LEARNS;

  /// Behind pools of maxima most targets of kernels have no derivative.
  private static final String MAXIMA =
      AROUND_MAXIMA
          + """
          network Net {
            input gain : real
            population x : Source[2, 22, 22](r: gain * 300 Hz)
            population m : Current[16, 20, 20]
            population p : Cell[16, 10, 10]
            population n : Current[19, 8, 8]
            population q : Cell[19, 4, 4]
            population y : Leaky[3]
            connect x -> m as a  conv([3, 3])  weight uniform(-0.2, 0.8)  instant
            connect m -> p.x     pool([2, 2])  weight 1  synapse Strongest
            connect p -> n as r  conv([3, 3])  weight uniform(-0.1, 0.2)  instant
            connect n -> q.x     pool([2, 2])  weight 1  synapse Strongest
            connect q -> y as c  all  weight uniform(-0.4, 0.4)  instant
          }
          experiment e on Net {
            step 1 ms; seed 3
            train by bptt() with adam(1e-2)
            reset all
            present gain = 1 for 25 ms
            minimise cross_entropy(mean_over_time(y.v), 1)
          }
          """;

  private static List<float[]> trained(String program, JvmTarget.Code code) {
    var learning = Learning.of(program, code);
    float[] first = learning.floats("r.w").clone();
    for (int update = 0; update < 3; update++) {
      for (int sample = 0; sample < 4; sample++) {
        learning.sample(1);
      }
      learning.update(4);
    }
    return List.of(learning.floats("a.w"), learning.floats("c.w"), learning.floats("r.w"), first);
  }

  @ParameterizedTest
  @ValueSource(strings = {PROGRAM, MAPS, VALUES, POOLS, MAXIMA})
  void vectorsChangeNoBit(String program) {
    List<float[]> scalar = trained(program, JvmTarget.Code.SCALAR);
    List<float[]> vectors = trained(program, JvmTarget.Code.VECTOR);
    for (int k = 0; k < scalar.size(); k++) {
      assertArrayEquals(scalar.get(k), vectors.get(k));
    }
    assertFalse(Arrays.equals(scalar.get(2), scalar.getLast()), "it learns");
  }
}
