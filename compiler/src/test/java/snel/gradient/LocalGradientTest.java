package snel.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Training;
import snel.ir.UnaryOp;
import snel.target.jvm.JvmTarget;

/// The gradient of e-prop, which is made backwards here, against eligibility traces that go forward
/// with the steps.
class LocalGradientTest {
  private static final int STEPS = 60;

  private static final String RECURRENT =
      """
      neuron Source { spike at poisson(200 Hz) }
      neuron Adaptive {
        state v : real = 0
        state I : real = 0
        state b : real = 0
        v' = I / 5 ms - v / 20 ms
        I' = -I / 5 ms
        b' = -b / 50 ms
        receive syn(w : real) { I += w }
        spike when v > 1 + 0.3 * b
        reset { v -= 1; b += 1 }
      }
      neuron Out {
        state v : real = 0
        state I : real = 0
        v' = I / 5 ms - v / 20 ms
        I' = -I / 5 ms
        receive syn(w : real) { I += w }
      }
      network Net {
        population x : Source[6]
        population h : Adaptive[5]
        population y : Out[3]
        connect x -> h.syn as a  all  weight uniform(0, 1.4)  instant
        connect h -> h.syn as r  all  weight uniform(-1, 1)
        connect h -> y.syn as b  all  weight uniform(-1, 1)  instant
      }
      experiment e on Net {
        step 1 ms; seed 3; numerics f64
        record y.v
        run 60 ms
        report count(x)
      }
      """;

  /// 1 / (1 + 3 |margin|)^2.
  private static Threshold fastSigmoid() {
    Expr size = new Expr.Unary(UnaryOp.ABS, Training.margin(Scalar.F64));
    Expr far =
        new Expr.Binary(
            BinaryOp.ADD, Expr.f64(1), new Expr.Binary(BinaryOp.MUL, Expr.f64(3), size));
    Expr squared = new Expr.Binary(BinaryOp.MUL, far, far);
    return new Threshold.Surrogate(new Expr.Binary(BinaryOp.DIV, Expr.f64(1), squared));
  }

  private static Differentiated local(Training.Feedback.Kind kind, boolean throughReset) {
    var feedback = new Training.Feedback(kind, List.of("a", "r"), List.of("b"));
    return Differentiated.of(
        RECURRENT, STEPS, fastSigmoid(), throughReset, feedback, "a.w", "r.w", "b.w");
  }

  @ParameterizedTest
  @CsvSource({"SYMMETRIC, true", "SYMMETRIC, false", "RANDOM, true", "ADAPTIVE, true"})
  void backwardsItIsWhatEligibilityTracesGive(Training.Feedback.Kind kind, boolean throughReset) {
    Differentiated network = local(kind, throughReset);
    assertEquals(List.of(), network.result.reasons());
    boolean[][] input = network.spikesOf("x", 6);
    network.forward(true);
    network.backward();
    double[] out = network.values("b.w");
    double[] back = kind == Training.Feedback.Kind.SYMMETRIC ? out : network.values("feedback.b.w");
    PlainEligibility plain =
        new PlainEligibility(
            input,
            network.values("a.w"),
            network.values("r.w"),
            out,
            back,
            network.shares(3),
            3,
            throughReset);
    assertTrue(plain.spikes > 20 && plain.spikes < 250, plain.spikes + " spikes");
    assertEquals(plain.spikes, network.spikes("h"));
    assertTrue(Arrays.stream(plain.rec).anyMatch(g -> Math.abs(g) > 1e-2));
    assertArrayEquals(plain.in, network.gradient("a.w"), 1e-9);
    assertArrayEquals(plain.rec, network.gradient("r.w"), 1e-9);
  }

  @Test
  void itIsNotTheGradientThroughOtherNeurons() {
    Differentiated whole =
        Differentiated.of(RECURRENT, STEPS, fastSigmoid(), true, "a.w", "r.w", "b.w");
    Differentiated local = local(Training.Feedback.Kind.SYMMETRIC, true);
    for (Differentiated each : List.of(whole, local)) {
      each.forward(true);
      each.backward();
    }
    assertNotEquals(whole.gradient("r.w")[1], local.gradient("r.w")[1], 1e-3);
    assertArrayEquals(whole.gradient("b.w"), local.gradient("b.w"), 1e-12);
  }

  @Test
  void randomFeedbackIsAsLargeAsTheWeights() {
    Differentiated network = local(Training.Feedback.Kind.RANDOM, true);
    double[] weights = network.values("b.w");
    double[] back = network.values("feedback.b.w");
    double ratio = norm(back) / norm(weights);
    assertTrue(ratio > 0.5 && ratio < 2, "" + ratio);
    double product = 0;
    for (int k = 0; k < back.length; k++) {
      product += back[k] * weights[k];
    }
    assertTrue(Math.abs(product / norm(back) / norm(weights)) < 0.7, "" + product);
  }

  private static double norm(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(each -> each * each).sum());
  }

  private static final String PROGRAM =
      """
      import std.neurons.unit.{Lif, Leaky}
      neuron Source { input r : frequency; spike at poisson(r) }
      network Net {
        input gain : real
        population x : Source[6](r: gain * 200 Hz)
        population h : Lif[5]
        population y : Leaky[3]
        connect x -> h as a  all  weight uniform(0, 1)  instant
        connect h -> h as r  all  weight uniform(-1, 1)
        connect h -> y as c  all  weight uniform(-1, 1)  instant
      }
      experiment e on Net {
        step 1 ms; seed 3; numerics f64
        train by eprop(feedback: %s) with gradient_descent(rate: 0.1, weight_decay: 0.2)
        reset all
        present gain = 1 for 25 ms
        minimise mean((mean_over_time(y.v) - 1)^2)
      }
      """;

  /// Both get the same change, and each loses its own share.
  @Test
  void adaptiveFeedbackComesToTheWeights() {
    Learning network = Learning.of(PROGRAM.formatted("adaptive"), JvmTarget.Code.ADAPTIVE);
    double[] weights = network.values("c.w");
    double[] back = network.values("feedback.c.w");
    double[] apart = new double[weights.length];
    Arrays.setAll(apart, k -> back[k] - weights[k]);
    for (int update = 1; update <= 3; update++) {
      network.sample(1);
      network.update(1);
      double share = Math.pow(1 - 0.1 * 0.2, update);
      for (int k = 0; k < apart.length; k++) {
        assertEquals(share * apart[k], back[k] - weights[k], 1e-12);
      }
    }
  }
}
