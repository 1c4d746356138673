package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
