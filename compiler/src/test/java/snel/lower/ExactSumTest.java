package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `sum exact`: contributions are `rint(w * 2^s)` in 64 bits, s = 62 - ceil(log2 max|w|) -
/// ceil(log2 max fan-in), so that no order shows (semantics.md §3).
class ExactSumTest {
  @TempDir private Path folder;

  private static final String MODELS =
      """
      neuron Ordered { state total : real = 0; receive syn(w : real)           { total += w } }
      neuron Exact   { state total : real = 0; receive syn(w : real) sum exact { total += w } }
      synapse Own { weight w : real; on pre { deliver w }; sum exact }
      synapse Learning {
        weight w : real in -2 .. 2
        on pre { deliver w; w += 0.1 }
      }
      """;

  private static double total(String neuron, String connects) {
    String network =
        """
        network Net {
          input train : spikes[7]
          population cell : %s[1]
          %s
        }
        """
            .formatted(neuron, connects);
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F32);
    for (int k = 0; k < 7; k++) {
      machine.spikes("train", k, 3);
    }
    return machine.runTo(5).value("cell.total");
  }

  private static String three(String a, String b, String c, String synapse) {
    return """
    connect train[0] -> cell.syn  all  weight %s + 0 * pre.index  %s
    connect train[1] -> cell.syn  all  weight %s + 0 * pre.index  %s
    connect train[2] -> cell.syn  all  weight %s + 0 * pre.index  %s
    """
        .formatted(a, synapse, b, synapse, c, synapse);
  }

  @Test
  void noOrderShows() {
    assertEquals(0, total("Ordered", three("1e8", "1", "-1e8", "")));
    assertEquals(1, total("Ordered", three("1e8", "-1e8", "1", "")));
    assertEquals(1, total("Exact", three("1e8", "1", "-1e8", "")));
    assertEquals(1, total("Exact", three("1e8", "-1e8", "1", "")));
    assertEquals(1, total("Exact", three("1", "1e8", "-1e8", "")));
  }

  /// Constants are counted, weights known at emission and read at arrival are added: all in one.
  @Test
  void allClassesGoIntoOneSum() {
    String connects =
        """
        connect train[0] -> cell.syn  all  weight 1e8
        connect train[1] -> cell.syn  all  weight 1 + 0 * pre.index
        connect train[2] -> cell.syn  all  weight 0.5  delay 0.1 ms  synapse Learning
        connect train[3] -> cell.syn  all  weight -1e8
        """;
    String late = connects.replace("[2]", "[6]");
    assertEquals(1.5, total("Exact", connects));
    assertEquals(1.5, total("Exact", late));
  }

  @Test
  void sevenTenthsAreRoundedOnce() {
    String counted = "connect train -> cell.syn  all  weight 0.1";
    String added = "connect train -> cell.syn  all  weight if pre.index < 7 then 0.1 else 0.2";
    assertEquals(0x1.666668p-1f, total("Ordered", added));
    assertEquals(0x1.666666p-1f, total("Exact", added));
    assertEquals(0x1.666666p-1f, total("Exact", counted));
    assertEquals(0x1.666666p-1f, total("Ordered", added + "  synapse Own"));
  }

  /// 3 sources of up to 1/3: s = 62 + 1 - 2.
  @Test
  void theScaleIsThatOfTheText() {
    String network =
        """
        network Net {
          input train : spikes[3]
          population cell : Exact[500]
          connect train -> cell.syn as syn  all  weight uniform(-1, 1) / 3
        }
        """;
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F64);
    machine.spikes("train", 0, 3).spikes("train", 1, 3).spikes("train", 2, 3).runTo(4);
    boolean differs = false;
    for (int target = 0; target < 500; target++) {
      long sum = 0;
      double plain = 0;
      for (int source = 0; source < 3; source++) {
        double w = machine.value("syn.w", 500 * source + target);
        sum += (long) Math.rint(w * 0x1p61);
        plain += w;
      }
      assertEquals(sum * 0x1p-61, machine.value("cell.total", target));
      differs |= plain != machine.value("cell.total", target);
    }
    assertTrue(differs, "an ordered sum would be the same");
  }

  @Test
  void aDriveIsCountedIn() {
    String network =
        """
        network Net {
          input train : spikes[1]
          population cell : Exact[1]
          drive cell.syn by poisson(50 kHz) weight 0.1
          connect train -> cell.syn  all  weight 1e6
          connect train -> cell.syn  all  weight -1e6
        }
        """;
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F32);
    float total = 0;
    for (int step = 0; step < 20; step++) {
      machine.spikes("train", 0, step).runTo(step + 1);
      float now = (float) machine.value("cell.total");
      double events = (now - total) / 0.1f;
      assertEquals(Math.rint(events), events, 1e-4);
      total = now;
    }
    assertEquals(0.1 * 50 * 2, total, 0.1 * 5 * Math.sqrt(100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connect train -> cell.syn  all  weight 1  synapse Unbounded",
        "connect train -> cell.syn  all  weight 1  synapse OfState",
      })
  void whatIsDeliveredMustBeBounded(String connect) {
    String text =
        MODELS
            + """
            synapse Unbounded { weight w : real; on pre { deliver w; w += 1 } }
            synapse OfState { weight w : real; on pre { deliver w * post.total } }
            network Net {
              input train : spikes[1]
              population cell : Exact[1]
              %s
            }
            """
                .formatted(connect);
    assertEquals(List.of("OUT_OF_RANGE"), Machine.faults(text, "Net", Machine.Options.F32));
  }

  @Test
  void theCTargetAddsTheSame() throws Exception {
    String network =
        """
        neuron Random { spike at poisson(300 Hz) }
        network Net {
          population train : Random[40]
          population cell : Exact[10]
          drive cell.syn by poisson(20 kHz) weight 0.3
          connect train -> cell.syn  bernoulli(0.5)  weight uniform(-1, 1)  delay to_step(uniform(0 ms, 2 ms))
          connect train -> cell.syn  bernoulli(0.5)  weight 0.25
          connect train -> cell.syn  all  weight 0.1  delay 0.2 ms  synapse Learning
        }
        """;
    Machine machine = Machine.of(MODELS + network, "Net", Machine.Options.F32);
    new BothTargets(folder).sameStates(machine.program, 200);
  }
}
