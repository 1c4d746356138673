package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Worked example 6 over an `instant` projection: a spike found in step n reaches the synapse at
/// t_n, one from outside stamped t_n too.
class InstantLearningTest {
  private static final String BENCH =
      """
      neuron Parrot {
        state told : real = 0
        state heard : real = 0
        receive fire(w : real) { told += w }
        receive syn(w : real) { heard += w }
        spike when told > 0
        reset { told = 0 }
      }
      neuron Told {
        spike at %1$s ms
      }
      synapse Pair {
        weight w : real in 0 .. 1
        trace x of pre  tau 20 ms
        trace y of post tau 20 ms
        on pre  { deliver w; w -= 0.012 * y }
        on post { w += 0.01 * x }
      }
      synapse Counting {
        weight w : real
        trace n of pre window 0.3 ms
        state seen : real = -1
        state found : real = -1
        on pre { deliver 0 }
        on post { seen = n }
        on presentation.end { found = n }
      }
      network Net {
        input train : spikes[1]
        input teacher : spikes[1]
        population relay : Parrot[1]
        population encoder : Told[1]
        population cell : Parrot[1]
        connect train -> relay.fire  all  weight 1
        connect teacher -> cell.fire  all  weight 1
        connect %2$s -> cell.syn as syn  all  weight 0.5  instant  synapse Pair
        connect %2$s -> cell.syn as count  all  weight 1  instant  synapse Counting
      }
      """;

  @ParameterizedTest
  @CsvSource({
    "relay, 10, 15, 0.5077880078307141, 1e-13",
    "relay, 15, 10, 0.4906543906031431, 1e-13",
    "relay, 10, 10, 0.5, 0",
    "relay, 10 30, 15 30, 0.5057984036095364, 1e-13",
    "train, 10, 15, 0.5077880078307141, 1e-13",
    "train, 15, 10, 0.4906543906031431, 1e-13",
    "train, 10, 10, 0.5, 0",
    "train, 10 30, 15 30, 0.5057984036095364, 1e-13",
    "encoder, 10, 15, 0.5077880078307141, 1e-13",
    "encoder, 15, 10, 0.4906543906031431, 1e-13",
    "encoder, 10, 10, 0.5, 0",
  })
  void aPairOfTrains(String source, String pre, String post, double wanted, double within) {
    String moment = source.equals("encoder") ? pre : "50";
    Machine machine = Machine.of(BENCH.formatted(moment, source), "Net", Machine.Options.F64);
    if (!source.equals("encoder")) {
      machine.spikes("train", 0, steps(pre));
    }
    machine.spikes("teacher", 0, Arrays.stream(steps(post)).map(t -> t - 1).toArray());
    long first = steps(pre)[0];
    machine.runTo(first);
    assertEquals(0, machine.value("cell.heard"));
    machine.runTo(first + 1);
    assertEquals(0.5, machine.value("cell.heard"));
    machine.runTo(410);
    assertEquals(wanted, machine.value("syn.w"), within);
  }

  /// Arrivals at 10 ms and after: a window of three steps counts those of one and of two steps ago.
  @ParameterizedTest
  @CsvSource({
    "relay, 100, 0",
    "relay, 101, 1",
    "relay, 102, 2",
    "relay, 103, 1",
    "relay, 104, 0",
    "train, 100, 0",
    "train, 101, 1",
    "train, 102, 2",
    "train, 103, 1",
    "train, 104, 0",
  })
  void aWindowCountsArrivalsBefore(String source, int post, double wanted) {
    Machine machine = Machine.of(BENCH.formatted("50", source), "Net", Machine.Options.F64);
    machine.spikes("train", 0, 100, 101).spikes("teacher", 0, post - 1).runTo(post);
    assertEquals(wanted, machine.value("count.seen"));
    machine.network.presentationEnd();
    assertEquals(wanted, machine.value("count.found"));
  }

  private static long[] steps(String times) {
    return Arrays.stream(times.split(" ")).mapToLong(t -> 10 * Long.parseLong(t)).toArray();
  }
}
