package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import snel.target.jvm.JvmTarget;

/// Derivatives go back through `let`s each of which stands twice in the next, in the equations, the
/// threshold and what a spike does, as through what they stand for.
@Timeout(120)
class LetChainsGradientTest {
  private static String program(int depth) {
    return """
    import std.train.surrogates.fast_sigmoid
    neuron Cell {
      input gain : real
      plastic state b : real = 0.6 + 0.15 * self.index
      state v : real = 0.1
      state z : real = 0
      %s
      v' = (gain * b - l# + 0.1 * l# * l#) / 2 ms
      every dt { z = 0 }
      spike when l# > 0.5
      reset { v = 0.1 * l# }
      on spike { z = 1 + 0.2 * l# }
    }
    neuron Out {
      input m : real
      state v : real = 0
      every dt { v = v + m }
    }
    synapse Seen { weight w : real; transmit w * pre.z }
    network Net {
      input gain : real
      population h : Cell[2](gain: gain)
      population y : Out[1]
      connect h -> y.m as s  all  weight 0.5 - 0.75 * pre.index  synapse Seen
    }
    experiment e on Net {
      step 1 ms; seed 3; numerics f64
      train by bptt(surrogate: fast_sigmoid(slope: 10)) with adam(1e-3)
      reset all
      present gain = 1 for 25 ms
      minimise mean(mean_over_time(y.v))
    }
    """
        .formatted(chain(depth))
        .replace("#", Integer.toString(depth));
  }

  private static String chain(int depth) {
    var lets = new StringBuilder("let l0 = v\n");
    for (int k = 1; k <= depth; k++) {
      lets.append("let l%d = 0.5 * (l%d + l%d)\n".formatted(k, k - 1, k - 1));
    }
    return lets.toString();
  }

  private static double[] gradient(int depth, String by) {
    var learning = Learning.of(program(depth), JvmTarget.Code.SCALAR);
    learning.sample(0);
    return learning.values(Reverse.derivative(by)).clone();
  }

  @Test
  void areThoseOfWhatTheLetsStandFor() {
    for (String by : new String[] {"h.b", "s.w"}) {
      double[] expected = gradient(0, by);
      assertNotEquals(0, expected[0]);
      assertArrayEquals(expected, gradient(40, by), 1e-12 * Math.abs(expected[0]));
    }
  }
}
