package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may be read of a whole population, and where.
class PeersTest {
  private static String network(String items, String read) {
    return """
    neuron Cell {
      state v : real = 1 + self.index
      state share : real = 0
      let part = v / sum(peers.v)
      receive syn(w : real) { }
      spike when v > 100
      reset { v = 0 }
      %s
    }
    synapse Reads {
      weight w : real
      on pre { deliver w; w += %s }
    }
    network Net {
      input train : spikes[1]
      population cell : Cell[3]
      connect train -> cell.syn as syn  all  weight 0.5  synapse Reads
    }
    """
        .formatted(items, read);
  }

  @Test
  void aStateHoldsForSynapsesWhatThePopulationIsWorthTogether() {
    Machine machine =
        Machine.of(network("every dt { share = part }", "post.share"), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 3).runTo(5);
    for (int k = 0; k < 3; k++) {
      assertEquals(0.5 + (1 + k) / 6.0, machine.value("syn.w", k), 1e-15);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | post.part", // a synapse does not know the population
        "every dt { v = v / sum(peers.v) } | 1", // the result would depend on the order of neurons
        "every dt { v = 1; if sum(peers.v) > 2 { share = 1 } } | 1",
        "on spike { share = part; v = 1 } | 1",
      })
  void whatHasNoMeaningIsRefused(String items, String read) {
    assertEquals(
        List.of("NO_MEANING_HERE"),
        Machine.faults(network(items, read), "Net", Machine.Options.F64));
  }

  /// Equations see their peers as the step found them (semantics.md §2, Jacobi), whatever the
  /// integrator: exactly, by Runge-Kutta, and where who asks is part of the sum.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(0.1 * sum(peers.v) - v) / 20 ms",
        "(0.1 * sum(peers.v) - v^3) / 20 ms",
        "(0.1 * sum(abs(peers.v - v)) - v) / 20 ms",
        "(part - v) / 20 ms",
      })
  void equationsReadTheirPeersAsTheStepFoundThem(String rate, @TempDir Path folder) {
    Machine machine =
        Machine.of(
            network("v' = " + rate + "; integrate v by euler", "1"), "Net", Machine.Options.F64);
    double[] v = {1, 2, 3};
    for (int step = 1; step <= 3; step++) {
      double[] old = v.clone();
      double sum = old[0] + old[1] + old[2];
      for (int k = 0; k < 3; k++) {
        double own = old[k];
        double apart = DoubleStream.of(old).map(u -> Math.abs(u - own)).sum();
        double slope =
            switch (rate.charAt(1)) {
              case 'p' -> own / sum - own;
              default ->
                  0.1 * (rate.contains("abs") ? apart : sum)
                      - (rate.contains("^") ? own * own * own : own);
            };
        v[k] = own + 0.1 * slope / 20;
      }
      machine.runTo(step);
      for (int k = 0; k < 3; k++) {
        assertEquals(v[k], machine.value("cell.v", k), 1e-14);
      }
    }
    for (String method : List.of("", "; integrate v by euler", "; integrate v by rk4")) {
      String text = network("v' = " + rate + method, "1");
      Machine other = Machine.of(text, "Net", Machine.Options.F32).runTo(3);
      assertEquals(v[1], other.value("cell.v", 1), 1e-2);
      new BothTargets(folder).sameStates(other.program, 3);
    }
  }
}
