package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// White noise in the equations of synapses: one process a synapse.
class SynapseNoiseTest {
  private static final int SIDE = 200;
  private static final int SYNAPSES = SIDE * SIDE;

  private static Machine machine(String equation) {
    String text =
        """
        neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
        synapse Noisy {
          weight w : real
          noise xi
          %s
          on pre { deliver w * e }
        }
        network Net {
          input train : spikes[%d]
          population cell : Sum[%d]
          connect train -> cell.syn as syn  all  weight 1  synapse Noisy
        }
        """
            .formatted(equation, SIDE, SIDE);
    return Machine.of(text, "Net", Machine.Options.F64);
  }

  private static double[] states(Machine machine) {
    double[] all = new double[SYNAPSES];
    for (int k = 0; k < SYNAPSES; k++) {
      all[k] = machine.value("syn.e", k);
    }
    return all;
  }

  private static double product(double[] a, double[] b, int shift) {
    double sum = 0;
    for (int k = 0; k < SYNAPSES; k++) {
      sum += a[k] * b[(k + shift) % SYNAPSES];
    }
    return sum / SYNAPSES;
  }

  private static void varianceIs(double wanted, double[] states) {
    assertEquals(0, product(states, unit(), 0), 5 * Math.sqrt(wanted / SYNAPSES));
    assertEquals(wanted, product(states, states, 0), 5 * wanted * Math.sqrt(2.0 / SYNAPSES));
    // neighbours in a row and in a column
    for (int shift : new int[] {1, SIDE}) {
      assertEquals(0, product(states, states, shift), 5 * wanted / Math.sqrt(SYNAPSES));
    }
  }

  private static double[] unit() {
    double[] ones = new double[SYNAPSES];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  /// e' = -e / tau + sigma xi from 0: variance sigma^2 tau / 2 (1 - e^(-2 t / tau)).
  @Test
  void anOrnsteinUhlenbeckProcessHasItsVariance() {
    Machine machine = machine("state e : real = 0; e' = -e / 5 ms + 0.3 * xi / sqrt(1 ms)");
    for (int steps : new int[] {1, 20, 100}) {
      machine.runTo(steps);
      double t = steps * 0.1;
      varianceIs(0.09 * 5 / 2 * (1 - Math.exp(-2 * t / 5)), states(machine));
    }
  }

  /// The covariance of two instants is that of the first times e^(-(t2 - t1) / tau).
  @Test
  void stepsAreIndependent() {
    Machine machine = machine("state e : real = 0; e' = -e / 5 ms + 0.3 * xi / sqrt(1 ms)");
    double[] first = states(machine.runTo(50));
    double[] second = states(machine.runTo(70));
    double variance = 0.09 * 5 / 2 * (1 - Math.exp(-2));
    double covariance = variance * Math.exp(-2 / 5.0);
    assertEquals(covariance, product(first, second, 0), 5 * variance * Math.sqrt(2.0 / SYNAPSES));
  }

  /// e' = sigma xi: a random walk, variance sigma^2 t.
  @Test
  void aRandomWalkSpreadsEvenly() {
    Machine machine = machine("state e : real = 0; e' = 0.2 * xi / sqrt(1 ms)").runTo(40);
    varianceIs(0.04 * 4, states(machine));
  }

  /// Itô: e' = e xi / sqrt(T) from 1 keeps its mean and has variance (1 + h / T)^n - 1.
  @Test
  void multiplicativeNoiseIsIto() {
    Machine machine = machine("state e : real = 1; e' = 0.5 * e * xi / sqrt(1 ms)").runTo(5);
    double[] e = states(machine);
    double second = Math.pow(1 + 0.25 * 0.1, 5);
    assertEquals(1, product(e, unit(), 0), 5 * Math.sqrt((second - 1) / SYNAPSES));
    // the fourth moment of 1 + s z is 1 + 6 s^2 + 3 s^4
    double fourth = Math.pow(1 + 6 * 0.025 + 3 * 0.025 * 0.025, 5);
    double spread = Math.sqrt((fourth - second * second) / SYNAPSES);
    assertEquals(second, product(e, e, 0), 5 * spread);
  }
}
