package snel.ir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.runtime.kernel.Network;

/// Runs the kernels of docs/decisions/0052-reverse-mode.md.
class ReverseModeTest {
  private static final int STEPS = 25;
  private static final String FORWARD = "keep forward %s integrate %s after-spike";
  private static final String BACKWARD = "output-adjoint %s adjoint %s input-weights restore";
  private static final String[] WEIGHTS = {"w_in", "w_rec", "w_out"};
  private static final String[] GRADIENTS = {"G_in", "G_rec", "G_out"};

  private static ReverseModeNetwork smooth(int length) {
    return ReverseModeNetwork.of(
        ReverseModePage.program(
            "buffers",
            FORWARD.formatted("dense-forward", "smooth-spike"),
            BACKWARD.formatted("smooth-slope", "dense-weights"),
            text -> text.replace("tape.z u8", "tape.z f64").replace("keep.z u8", "keep.z f64")),
        STEPS,
        length);
  }

  private static ReverseModeNetwork spiking(String form, String further, int length) {
    String lists = form.equals("list") ? "keep-list " : "";
    return ReverseModeNetwork.of(
        ReverseModePage.program(
            "buffers",
            FORWARD.formatted(form + "-forward", "spike").replace("keep ", "keep " + lists),
            BACKWARD.formatted("surrogate-slope", form + "-weights") + further,
            text -> text),
        STEPS,
        length);
  }

  @Test
  void aSmoothedNetworkHasTheGradientOfItsLoss() {
    ReverseModeNetwork network = smooth(STEPS);
    network.forward();
    network.backward();
    double largest = 0;
    for (int m = 0; m < WEIGHTS.length; m++) {
      double[] weights = network.doubles(WEIGHTS[m]);
      double[] gradient = network.doubles(GRADIENTS[m]).clone();
      for (int k = 0; k < weights.length; k++) {
        double before = weights[k];
        weights[k] = before + 1e-5;
        double above = network.forward();
        weights[k] = before - 1e-5;
        double below = network.forward();
        weights[k] = before;
        assertEquals((above - below) / 2e-5, gradient[k], 1e-6, WEIGHTS[m] + "[" + k + "]");
        largest = Math.max(largest, Math.abs(gradient[k]));
      }
    }
    assertTrue(largest > 0.1, "gradients as large as " + largest);
  }

  @Test
  void surrogateGradientsAreThoseOfAPlainLoop() {
    ReverseModeNetwork network = spiking("dense", "", STEPS);
    double loss = network.forward();
    network.backward();
    var plain = new ReverseModeLoop(network);
    assertEquals(plain.loss, loss, 1e-12);
    assertTrue(plain.spikes > 20 && plain.spikes < 80, plain.spikes + " spikes");
    assertArrayEquals(plain.in, network.doubles("G_in"), 1e-12);
    assertArrayEquals(plain.rec, network.doubles("G_rec"), 1e-12);
    assertArrayEquals(plain.out, network.doubles("G_out"), 1e-12);
  }

  @Test
  void allFormsOfAWeightsGradientGiveTheSameBits() {
    ReverseModeNetwork dense = spiking("dense", "", STEPS);
    ReverseModeNetwork list = spiking("list", " gathered-input-weights", STEPS);
    assertEquals(dense.forward(), list.forward());
    dense.backward();
    list.backward();
    for (String gradient : GRADIENTS) {
      assertArrayEquals(dense.doubles(gradient), list.doubles(gradient), gradient);
    }
    double[] added = list.doubles("G_in").clone();
    java.util.Arrays.fill(list.doubles("G_in"), 0);
    list.call("in.gather");
    assertArrayEquals(added, list.doubles("G_in"));
  }

  @Test
  void checkpointsChangeNoBit() {
    ReverseModeNetwork whole = spiking("list", "", STEPS);
    ReverseModeNetwork parts = spiking("list", "", 5);
    assertEquals(whole.forward(), parts.forward());
    whole.backward();
    parts.backward();
    for (String gradient : GRADIENTS) {
      assertArrayEquals(whole.doubles(gradient), parts.doubles(gradient), gradient);
    }
    ReverseModeNetwork smooth = smooth(STEPS);
    ReverseModeNetwork smoothParts = smooth(5);
    smooth.forward();
    smooth.backward();
    smoothParts.forward();
    smoothParts.backward();
    assertArrayEquals(smooth.doubles("G_rec"), smoothParts.doubles("G_rec"));
  }

  @Test
  void forwardModeIsReverseModeWherePathsAreCut() {
    ReverseModeNetwork network =
        ReverseModeNetwork.of(
            ReverseModePage.program(
                "buffers eprop-buffers",
                FORWARD.formatted("dense-forward", "spike") + " eprop",
                "output-adjoint surrogate-slope adjoint cut-adjoint input-weights restore"
                    + " dense-weights",
                text -> text),
            STEPS,
            STEPS);
    java.util.Arrays.fill(network.doubles("w_rec"), 0);
    network.forward();
    double[] online = network.doubles("G_online").clone();
    network.backward();
    assertTrue(java.util.Arrays.stream(online).anyMatch(g -> Math.abs(g) > 0.05));
    assertArrayEquals(online, network.doubles("G_in"), 1e-12);
  }

  @Test
  void eventPropHasTheGradientOfSpikeTimes() {
    Network network =
        ReverseModePage.build(
            ReverseModePage.program(
                "event-buffers", "event-forward", "event-backward", text -> text));
    double[] times = (double[]) network.array("x.time");
    int[] sources = (int[]) network.array("x.source");
    var random = new Random(7);
    for (int n = 0; n < 24; n++) {
      times[n] = 2.0 * n + random.nextDouble();
      sources[n] = random.nextInt(6);
    }
    times[24] = 60;
    ((int[]) network.array("x.count"))[0] = 24;
    double[] weights = (double[]) network.array("w");
    for (int k = 0; k < weights.length; k++) {
      weights[k] = 0.5 + 1.5 * random.nextDouble();
    }
    double[] aims = (double[]) network.array("aim");
    java.util.Arrays.setAll(aims, j -> 25 + 3 * j);
    double[] loss = (double[]) network.array("loss");
    int[] starts = (int[]) network.array("e.start");
    network.call("h.events");
    int spikes = starts[4];
    assertTrue(spikes >= 8, spikes + " spikes");
    network.call("h.events.adjoint");
    double[] gradient = ((double[]) network.array("G")).clone();
    for (int k = 0; k < weights.length; k++) {
      double before = weights[k];
      weights[k] = before + 1e-5;
      network.call("h.events");
      double above = loss[0];
      assertEquals(spikes, starts[4]);
      weights[k] = before - 1e-5;
      network.call("h.events");
      assertEquals(spikes, starts[4]);
      double expected = (above - loss[0]) / 2e-5;
      weights[k] = before;
      assertEquals(expected, gradient[k], 1e-6 * Math.max(1, Math.abs(expected)), "w[" + k + "]");
    }
  }
}
