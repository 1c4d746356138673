package snel.lower;

import static java.lang.Math.exp;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `coincident pre_first` and `post_first`: what two spikes of one instant do to each other at a
/// synapse (semantics.md §5; the values that Brian2 gives in its two orders).
class CoincidentTest {
  @TempDir private Path folder;

  private static final String MODELS =
      """
      neuron Parrot {
        state told : real = 0
        state heard : real = 0
        receive fire(w : real) { told += w }
        receive syn(w : real) { heard += w }
        spike when told > 0
        reset { told = 0 }
      }
      synapse Pair {
        weight w : real
        trace x of pre  tau 20 ms
        trace y of post tau 20 ms
        on pre  { deliver w; w -= 0.012 * y }
        on post { w += 0.01 * x }
      }
      synapse PairPre  extends Pair { coincident pre_first }
      synapse PairPost extends Pair { coincident post_first }
      synapse Nearest {
        weight w : real
        trace x of pre  tau 20 ms set 1
        trace y of post tau 20 ms set 1
        on pre  { deliver w; w -= 0.012 * y }
        on post { w += 0.01 * x }
        coincident pre_first
      }
      synapse Order {
        weight w : real
        on pre  { deliver w; w *= 2 }
        on post { w += 1 }
      }
      synapse OrderPre  extends Order { coincident pre_first }
      synapse OrderPost extends Order { coincident post_first }
      """;

  private static Machine bench(String delays, String synapse) {
    String network =
        """
        network Net {
          input train : spikes[1]
          input teacher : spikes[1]
          population cell : Parrot[1]
          connect teacher -> cell.fire  all  weight 1
          connect train -> cell.syn as syn  all  weight 0.5  %s  synapse %s
        }
        """
            .formatted(delays, synapse);
    return Machine.of(MODELS + network, "Net", Machine.Options.F64);
  }

  /// The weight after spikes at these milliseconds.
  private static double weight(String delays, String synapse, long[] pre, long[] post) {
    Machine machine = bench(delays, synapse);
    for (long t : pre) {
      machine.spikes("train", 0, 10 * t);
    }
    for (long t : post) {
      machine.spikes("teacher", 0, 10 * t - 1);
    }
    return machine.runTo(410).value("syn.w");
  }

  private static long[] at(long... times) {
    return times;
  }

  private static final String[] COINCIDENT_DELAYS = {
    "",
    "instant",
    "axonal delay 5 ms",
    "axonal delay to_step(5 ms + 0 * post.index)",
    "dendritic delay 3 ms",
    "dendritic delay to_step(3 ms + 0 * post.index)",
    "axonal delay to_step(2 ms + 0 * post.index)  dendritic delay 3 ms",
  };

  /// When the target must spike to meet a source's spike of 10 ms at the synapse.
  private static long meeting(String delays) {
    return switch (delays) {
      case "", "instant" -> 10;
      case "axonal delay 5 ms", "axonal delay to_step(5 ms + 0 * post.index)" -> 15;
      case "axonal delay to_step(2 ms + 0 * post.index)  dendritic delay 3 ms" -> 9;
      default -> 7;
    };
  }

  @Test
  void onePair() {
    for (String delays : COINCIDENT_DELAYS) {
      long[] post = at(meeting(delays));
      assertEquals(0.5, weight(delays, "Pair", at(10), post), delays);
      assertEquals(0.51, weight(delays, "PairPre", at(10), post), 1e-15, delays);
      assertEquals(0.488, weight(delays, "PairPost", at(10), post), 1e-15, delays);
      assertEquals(0.51, weight(delays, "Nearest", at(10), post), 1e-15, delays);
    }
  }

  @Test
  void tracesOfEarlierSpikesAddToIt() {
    double first = 0.5 + 0.01 * exp(-5 / 20.0);
    double post = exp(-15 / 20.0);
    double pre = exp(-20 / 20.0);
    double preFirst = first - 0.012 * post + 0.01 * (1 + pre);
    double postFirst = first + 0.01 * pre - 0.012 * (1 + post);
    double nearest = first - 0.012 * post + 0.01;
    assertEquals(preFirst, weight("", "PairPre", at(10, 30), at(15, 30)), 1e-13);
    assertEquals(postFirst, weight("", "PairPost", at(10, 30), at(15, 30)), 1e-13);
    assertEquals(nearest, weight("", "Nearest", at(10, 30), at(15, 30)), 1e-13);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pair", "PairPre", "PairPost"})
  void otherPairsAreAsEver(String synapse) {
    assertEquals(0.5 + 0.01 * exp(-0.25), weight("", synapse, at(10), at(15)), 1e-14);
    assertEquals(0.5 - 0.012 * exp(-0.25), weight("", synapse, at(15), at(10)), 1e-14);
  }

  @Test
  void handlersRunInThisOrder() {
    for (String delays : COINCIDENT_DELAYS) {
      long[] post = at(meeting(delays));
      assertEquals(2, weight(delays, "OrderPre", at(10), post), delays);
      assertEquals(3, weight(delays, "OrderPost", at(10), post), delays);
    }
  }

  /// A neuron's spike reaches synapses of an `instant` connection at the start of the step that it
  /// is found in, so it meets what the target did in the step before.
  @Test
  void spikesOfNeuronsMeetWithinAStep() {
    assertEquals(0.5, relayed("Pair"));
    assertEquals(0.51, relayed("PairPre"), 1e-15);
    assertEquals(0.488, relayed("PairPost"), 1e-15);
    assertEquals(2, relayed("OrderPre"));
    assertEquals(3, relayed("OrderPost"));
  }

  private static double relayed(String synapse) {
    String network =
        """
        network Net {
          input train : spikes[1]
          input teacher : spikes[1]
          population relay : Parrot[1]
          population cell : Parrot[1]
          connect train -> relay.fire  all  weight 1
          connect teacher -> cell.fire  all  weight 1
          connect relay -> cell.syn as syn  all  weight 0.5  instant  synapse %s
        }
        """
            .formatted(synapse);
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F64);
    machine.spikes("train", 0, 100).spikes("teacher", 0, 99);
    return machine.runTo(410).value("syn.w");
  }

  /// `on pre` of an instant comes before the other ports, and those in the order of the text,
  /// however they are connected: from outside, and from neurons whose next spike the step has found
  /// already.
  @ParameterizedTest
  @ValueSource(strings = {"", "instant"})
  void thirdFactorsComeAfterOnPre(String delays) {
    String network =
        """
        synapse Rewarded {
          weight w : real
          on pre { deliver w; w *= 2 }
          receive more(r : real) { w += r }
          receive scaled(r : real) { w *= r }
        }
        network Net {
          input train : spikes[1]
          input prize : spikes[1]
          population giver : Parrot[1]
          population cell : Parrot[1]
          connect train -> cell.syn as syn  all  weight 0.5  %s  synapse Rewarded
          connect prize -> giver.fire  all  weight 1
          connect giver -> syn.scaled  all  weight 10
          connect prize -> syn.more    all  weight 1
        }
        """
            .formatted(delays);
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F64);
    machine.spikes("train", 0, 100).spikes("prize", 0, 99, 100);
    double withFirst = 0.5 + 1;
    assertEquals(((withFirst * 2) + 1) * 10 * 10, machine.runTo(410).value("syn.w"));
  }

  @Test
  void theCTargetKeepsTheOrder() throws Exception {
    String network =
        """
        neuron Random { spike at poisson(200 Hz) }
        network Net {
          population train : Random[20]
          population cell : Parrot[10]
          connect train -> cell.fire  bernoulli(0.2)  weight 1
          connect train -> cell.syn as a  bernoulli(0.5)  weight 0.5  synapse PairPre
            axonal delay to_step(uniform(0 ms, 2 ms))  dendritic delay to_step(uniform(0 ms, 1 ms))
          connect train -> cell.syn as b  all  weight 0.5  synapse PairPost
        }
        """;
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F32);
    new BothTargets(folder).sameStates(machine.program, 200);
  }
}
