package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Training;
import snel.ir.UnaryOp;

/// Surrogate gradients of spiking networks, and what has none.
class SurrogateGradientTest {
  private static final int STEPS = 40;

  private static final String NEURONS =
      """
      neuron Source { spike at poisson(200 Hz) }
      neuron Lif {
        state v : real = 0
        state I : real = 0
        v' = I / 5 ms - v / 20 ms
        I' = -I / 5 ms
        receive syn(w : real) { I += w }
        spike when v > 1
        reset { v -= 1 }
      }
      neuron Out {
        state v : real = 0
        state I : real = 0
        v' = I / 5 ms - v / 20 ms
        I' = -I / 5 ms
        receive syn(w : real) { I += w }
      }
      """;

  private static final String EXPERIMENT =
      """
      experiment e on Net {
        step 1 ms; seed 3; numerics f64
        record y.v
        run 30 ms
        report count(x)
      }
      """;

  private static final String RECURRENT =
      NEURONS
          + """
          network Net {
            population x : Source[6]
            population h : Lif[5]
            population y : Out[3]
            connect x -> h.syn as a  all  weight uniform(0, 1.2)  instant
            connect h -> h.syn as r  all  weight uniform(-1, 1)
            connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
          }
          """
          + EXPERIMENT;

  /// 1 / (1 + 10 |margin|)^2.
  private static Threshold fastSigmoid() {
    Expr size = new Expr.Unary(UnaryOp.ABS, Training.margin(Scalar.F64));
    Expr scaled = new Expr.Binary(BinaryOp.MUL, Expr.f64(10), size);
    Expr far = new Expr.Binary(BinaryOp.ADD, Expr.f64(1), scaled);
    Expr squared = new Expr.Binary(BinaryOp.MUL, far, far);
    return new Threshold.Surrogate(new Expr.Binary(BinaryOp.DIV, Expr.f64(1), squared));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void surrogateGradientsAreThoseOfPlainLoops(boolean throughReset) {
    Differentiated network =
        Differentiated.of(RECURRENT, STEPS, fastSigmoid(), throughReset, "a.w", "r.w", "b.w");
    assertEquals(List.of(), network.result.reasons());
    boolean[][] input = network.spikesOf("x", 6);
    network.forward(true);
    network.backward();
    PlainBackward plain = plain(network, input, throughReset);
    assertTrue(plain.spikes > 20 && plain.spikes < 150, plain.spikes + " spikes");
    assertEquals(plain.spikes, network.spikes("h"));
    assertArrayEquals(plain.in, network.gradient("a.w"), 1e-10);
    assertArrayEquals(plain.rec, network.gradient("r.w"), 1e-10);
    assertArrayEquals(plain.out, network.gradient("b.w"), 1e-10);
  }

  /// The same by loops over arrays.
  private static PlainBackward plain(
      Differentiated network, boolean[][] input, boolean throughReset) {
    return new PlainBackward(
        input,
        network.values("a.w"),
        network.values("r.w"),
        network.values("b.w"),
        network.shares(3),
        10,
        throughReset);
  }

  /// Rows of this width are gathered when a sample is over, not added to step by step.
  @Test
  void wideRowsAreThoseOfPlainLoopsToo() {
    String wide =
        RECURRENT
            .replace("h : Lif[5]", "h : Lif[40]")
            .replace("uniform(-1, 1)", "uniform(-0.4, 0.4)");
    Differentiated network =
        Differentiated.of(wide, STEPS, fastSigmoid(), true, "a.w", "r.w", "b.w");
    assertEquals(List.of(), network.result.reasons());
    boolean[][] input = network.spikesOf("x", 6);
    network.forward(true);
    network.backward();
    PlainBackward plain = plain(network, input, true);
    assertTrue(plain.spikes > 100, plain.spikes + " spikes");
    assertEquals(plain.spikes, network.spikes("h"));
    assertArrayEquals(plain.in, network.gradient("a.w"), 1e-8);
    assertArrayEquals(plain.rec, network.gradient("r.w"), 1e-8);
    assertArrayEquals(plain.out, network.gradient("b.w"), 1e-8);
  }

  @Test
  void aTapeChangesNoSpike() {
    Differentiated network =
        Differentiated.of(RECURRENT, STEPS, fastSigmoid(), true, "a.w", "r.w", "b.w");
    double taped = network.forward(true);
    assertEquals(taped, network.forward(false));
    network.forward(true);
    network.backward();
    assertEquals(taped, network.forward(false));
  }

  private static List<String> reasons(String neurons, String network) {
    return Differentiated.of(
            NEURONS + neurons + network + EXPERIMENT, STEPS, fastSigmoid(), true, "a.w")
        .result
        .reasons()
        .stream()
        .map(reason -> reason.place() + ": " + reason.what())
        .toList();
  }

  private static final String STACK =
      """
      network Net {
        population x : Source[6]
        population h : %s[5]
        population y : Out[3]
        connect x -> h.syn as a  all  weight uniform(0, 1.2)  instant
        connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
      }
      """;

  /// One constant for all synapses is counted in whole numbers; the gradient passes all the same.
  @Test
  void aConstantWeightPassesTheGradientOfEqualOnes() {
    String network =
        """
        network Net {
          population x : Source[6]
          population h : Lif[5]
          population g : Lif[4]
          population y : Out[3]
          connect x -> h.syn as a  all  weight uniform(0, 1.2)  instant
          connect h -> g.syn as m  all  weight %s  instant
          connect g -> y.syn as b  all  weight uniform(-1, 1)  instant
        }
        """;
    double[][] gradients = new double[2][];
    int k = 0;
    for (String weight : List.of("0.4", "uniform(0.4, 0.4)")) {
      Differentiated one =
          Differentiated.of(
              NEURONS + network.formatted(weight) + EXPERIMENT, STEPS, fastSigmoid(), true, "a.w");
      assertEquals(List.of(), one.result.reasons());
      one.forward(true);
      one.backward();
      gradients[k++] = one.gradient("a.w").clone();
    }
    assertTrue(Arrays.stream(gradients[0]).anyMatch(g -> Math.abs(g) > 1e-3));
    assertArrayEquals(gradients[1], gradients[0], 1e-9);
  }

  @Test
  void spikesAtRandomHaveNoGradient() {
    String escape =
        """
        neuron Escape {
          state v : real = 0
          v' = -v / 20 ms
          receive syn(w : real) { v += w }
          spike with rate 100 Hz * exp(v)
          reset { v = 0 }
        }
        """;
    assertEquals(
        List.of("h: spikes at random, or by no threshold"),
        reasons(escape, STACK.formatted("Escape")));
  }

  @Test
  void theLargestOfPeersHasNone() {
    String peers =
        """
        neuron Peers {
          state v : real = 0
          state u : real = 0
          v' = -v / 20 ms
          receive syn(w : real) { v += w; u = u + w }
          spike when v - 0.1 * max(peers.u) > 1
          reset { v = 0 }
        }
        """;
    assertTrue(
        reasons(peers, STACK.formatted("Peers"))
            .contains("h: takes the largest or smallest of other neurons"));
  }

  @Test
  void arrivalsThatHangOnOneAnotherHaveNone() {
    String shunted =
        """
        neuron Shunted {
          state v : real = 0
          state a : real = 0
          v' = (a - v) / 20 ms
          a' = -a / 5 ms
          receive syn(w : real) { v += w / (1 + a); a += w }
          spike when v > 1
          reset { v = 0 }
        }
        """;
    assertEquals(
        List.of(
            "h.syn.instant: takes arrivals one by one, each after what the one before has changed"),
        reasons(shunted, STACK.formatted("Shunted")));
  }
}
