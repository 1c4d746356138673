package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The derivative of the largest of several values goes to the one that it is; of several that are
/// equal to the first, as in PyTorch: `x = tensor([[[.5, .5, .2], [.5, .3, .7], [.3, .7, .1]]],
/// requires_grad=True); max_pool2d(x, 2, 1).sum().backward()` gives the gradient [[[1, 0, 0], [0,
/// 0, 2], [0, 1, 0]]].
class LargestTest {
  private static final String PROGRAM =
      """
      neuron Source { spike at poisson(150 Hz) }
      neuron Idle { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
      neuron Held { plastic state bias : real = VALUES; state v : real = 0; every dt { v = bias } }
      neuron Read { input x : real; state v : real = 0; every dt { v = x } }
      synapse Strongest { weight w : real; transmit w * pre.v; sum largest }
      network Net {
        population x : Source[6]
        population h : Idle[2]
        population q : Held[1, 3, 3]
        population y : Read[1, 2, 2]
        connect x -> h.syn  all  weight 0.1  instant
        connect q -> y.x  pool([2, 2], stride: 1)  weight 1  synapse Strongest
      }
      experiment e on Net { step 1 ms; seed 3; numerics f64; record y.v; run 2 ms; report count(h) }
      """;

  /// By [Differentiated] the loss is the sum of (1 - 0.3 k) v[k]^2 over outputs k and steps; the
  /// first step passes no values on yet.
  @Test
  void theFirstOfThoseThatAreEqualTakesTheDerivative() {
    double[] values = {0.5, 0.5, 0.2, 0.5, 0.3, 0.7, 0.3, 0.7, 0.1};
    String text = "0";
    for (int k = values.length - 1; k >= 0; k--) {
      text = "if self.index == " + k + " then " + values[k] + " else " + text;
    }
    Differentiated network =
        Differentiated.of(
            PROGRAM.replace("VALUES", text), 2, new Threshold.Smooth(5), true, "q.bias");
    assertEquals(List.of(), network.result.reasons());
    network.forward(true);
    network.backward();
    double[] g = network.gradient("q.bias");
    double[] expected = new double[9];
    expected[0] += 2 * 0.5; // of {0.5, 0.5, 0.5, 0.3}
    expected[5] += 2 * 0.7 * 0.7; // of {0.5, 0.2, 0.3, 0.7}
    expected[7] += 2 * 0.7 * 0.4; // of {0.5, 0.3, 0.3, 0.7}
    expected[5] += 2 * 0.7 * 0.1; // of {0.3, 0.7, 0.7, 0.1}
    assertArrayEquals(expected, g, 1e-12);
  }
}
