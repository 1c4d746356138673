package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a synapse sees is the same whether all have one delay or each has its own: where values are
/// kept is no part of the meaning (semantics.md §5).
class OwnDelaysTest {
  private static final List<String> READ =
      List.of("x", "y", "nearest", "counted", "steered", "heard", "grown", "waned");

  private static final String CELLS =
      """
      neuron Cell {
        state told : real = 0
        state v : real = 0
        v' = (1 - v) / 10 ms
        receive fire(w : real) { told += w }
        receive syn(w : real) { v += w }
        spike when told > 0
        reset { told = 0; v -= 0.5 }
      }
      """;

  /// Cells that spike when they are told to.
  private static final String TOLD =
      """
      neuron Cell {
        state told : real = 0
        receive fire(w : real) { told += w }
        spike when told > 0
        reset { told = 0 }
      }
      """;

  private static final String TRACES =
      """
        trace x of pre tau 20 ms
        trace y of post tau 30 ms
        trace nearest of post tau 15 ms set 0.7
        trace counted of pre window 4 ms
        trace steered of pre tau 20 ms add 1 + x
        trace heard of pre tau 25 ms add 1 + pre.v
        trace grown of post tau 25 ms set 1 + post.v
        trace waned of post tau 10 ms + 1 ms * post.v
      """;

  /// Adds up all that it can see, at every occasion and while a step lasts.
  private static String synapse() {
    var text = new StringBuilder("synapse Sees {\n  weight w : real\n" + TRACES);
    String times =
        "exp(-since(pre) / 5 ms) + 3 * exp(-since(post) / 7 ms)"
            + " + (if pre.spiked then 7 else 0) + (if post.spiked then 11 else 0)";
    for (String name : READ) {
      text.append("  state at_%s : real = 0\n  state in_%s : real = 0\n".formatted(name, name));
      text.append("  in_%s' = %s / 10 ms\n".formatted(name, name));
    }
    text.append("  state at_times : real = 0\n  state in_times : real = 0\n");
    text.append("  in_times' = (%s) / 10 ms\n".formatted(times));
    text.append("  state last : real = 0\n  last' = (if post.spiked then post.v else 0) / 10 ms\n");
    int factor = 1;
    for (String occasion :
        List.of("on pre", "on post", "receive teacher of post", "receive prize", "every 2 ms")) {
      text.append("  ").append(occasion).append(" {\n");
      text.append(occasion.equals("on pre") ? "    deliver w\n" : "");
      for (String name : READ) {
        text.append("    at_%s += %d * %s\n".formatted(name, factor, name));
      }
      text.append("    at_times += %d * (%s)\n  }\n".formatted(factor, times));
      factor += 2;
    }
    return text.append("}\n").toString();
  }

  private static String network(String... delays) {
    var text = new StringBuilder(CELLS + synapse());
    text.append(
        """
        network Net {
          input pres : spikes[1]
          input posts : spikes[1]
          input teach : spikes[1]
          input prizes : spikes[1]
          population A : Cell[1]
          population B : Cell[1]
          connect pres -> A.fire  all  weight 1
          connect posts -> B.fire  all  weight 1
        """);
    for (int p = 0; p < delays.length; p++) {
      text.append(
          "  connect A -> B.syn as p%d  all  weight 0  %s  synapse Sees\n".formatted(p, delays[p]));
      text.append("  connect teach -> p%d.teacher  one_to_one\n".formatted(p));
      text.append("  connect prizes -> p%d.prize  all\n".formatted(p));
    }
    return text.append("}\n").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "axonal delay 2 ms, axonal delay 2 ms + pre.index * 1 ms, false",
    "dendritic delay 3 ms, dendritic delay 3 ms + pre.index * 1 ms, false",
    "dendritic delay 3 ms, dendritic delay 3 ms + pre.index * 1 ms, true",
    "dendritic delay 3 ms  backprop delay 1 ms,"
        + " dendritic delay 3 ms  backprop delay 1 ms + pre.index * 1 ms, false",
    "axonal delay 1 ms  dendritic delay 0.5 ms,"
        + " axonal delay 1 ms + pre.index * 1 ms  dendritic delay 0.5 ms + pre.index * 1 ms, true",
  })
  void allThatIsSeenIsTheSame(String one, String own, boolean single) {
    var precision = single ? Machine.Options.F32 : Machine.Options.F64;
    Machine machine = Machine.of(network(one, own), "Net", precision);
    machine
        .spikes("pres", 0, 20, 80, 90, 160, 161, 230)
        .spikes("posts", 0, 40, 80, 130, 140, 200, 240)
        .spikes("teach", 0, 60, 100, 131, 150, 210)
        .spikes("prizes", 0, 70, 121, 190, 200)
        .runTo(300);
    for (String name : READ) {
      assertEquals(machine.value("p0.at_" + name), machine.value("p1.at_" + name), name);
      assertEquals(machine.value("p0.in_" + name), machine.value("p1.in_" + name), name);
    }
    for (String state : List.of("at_times", "in_times", "last")) {
      assertEquals(machine.value("p0." + state), machine.value("p1." + state), state);
    }
  }

  /// A step sees the state after its arrivals: h / 100 ms for the arrival itself, then what is left
  /// of it.
  @ParameterizedTest
  @CsvSource({"axonal, 0", "axonal, 1", "dendritic, 0", "dendritic, 1"})
  void anEquationSeesTheJumpInTheStepAfterIt(String kind, int synapse) {
    Machine machine =
        Machine.of(
            TOLD
                + """
                synapse Adds {
                  weight w : real
                  trace x of %s tau 20 ms
                  state sum : real = 0
                  sum' = x / 100 ms
                  on pre { deliver w }
                }
                network Net {
                  input train : spikes[2]
                  input teacher : spikes[1]
                  population cell : Cell[1]
                  connect teacher -> cell.fire  all  weight 1
                  connect train -> cell.fire as syn  all  weight 0  %s delay (2 + pre.index) * 1 ms
                    synapse Adds
                }
                """
                    .formatted(kind.equals("axonal") ? "pre" : "post", kind),
            "Net",
            Machine.Options.F64);
    machine.spikes("train", 0, 80, 180).spikes("train", 1, 80, 180);
    machine.spikes("teacher", 0, 79, 179).runTo(250);
    int late = 20 + 10 * synapse;
    double sum = 0;
    for (int stamp : new int[] {80, 180}) {
      for (int step = stamp + late; step < 250; step++) {
        sum += 0.1 / 100 * Math.exp(-0.1 * (step - stamp - late) / 20);
      }
    }
    assertEquals(sum, machine.value("syn.sum", synapse), 1e-13);
  }

  /// What a jump is made of is read when it comes to the synapse, not when it set out.
  @Test
  void aJumpIsAsHighAsTheNeuronIsThen() {
    Machine machine =
        Machine.of(
            CELLS
                + """
                synapse Asks {
                  weight w : real
                  trace x of pre tau 20 ms set pre.v
                  state seen : real = 0
                  on pre { deliver w }
                  every 0.1 ms { seen = x }
                }
                network Net {
                  input train : spikes[1]
                  population A : Cell[1]
                  population B : Cell[2]
                  connect train -> A.fire  all  weight 1
                  connect A -> B.syn as syn  all  weight 0  axonal delay (2 + post.index) * 1 ms
                    synapse Asks
                }
                """,
            "Net",
            Machine.Options.F64);
    machine.spikes("train", 0, 99).runTo(131);
    double atReset = 1 - Math.exp(-1) - 0.5;
    double there = 1 - (1 - atReset) * Math.exp(-0.3);
    assertEquals(there * Math.exp(-0.1 / 20), machine.value("syn.seen", 1), 1e-12);
  }

  /// A trace that a handler assigns belongs to the synapse: the source spikes at 10 ms, target 0 at
  /// 12 ms and target 1 at 17 ms, and neither sees what the other has done to it.
  @ParameterizedTest
  @CsvSource({
    "'', on post { seen += x; x = 0 }, 0.904837418035960, 0.704688089718714",
    "'', on presentation.start { x = 0 }, 0, 0",
    "axonal delay 1 ms, on post { seen += x; x = 0 }, 0.951229424500714, 0.740818220681718",
    "axonal delay 1 ms + post.index * 0 ms, on post { seen += x; x = 0 }, 0.951229424500714,"
        + " 0.740818220681718",
    "axonal delay 1 ms, on post { x = 2 * x; seen += x }, 1.902458849001428, 1.481636441363436",
    "axonal delay 1 ms + post.index * 1 ms, on post { x = 2 * x; seen += x }, 1.902458849001428,"
        + " 1.557601566142810",
  })
  void anAssignedTraceIsTheSynapsesOwn(String delay, String handler, double first, double second) {
    Machine machine =
        Machine.of(
            TOLD
                + """
                synapse Owns {
                  weight w : real
                  trace x of pre tau 20 ms
                  state seen : real = 0
                  on pre { deliver w }
                  %s
                }
                network Net {
                  input train : spikes[1]
                  input teacher : spikes[2]
                  population cell : Cell[2]
                  connect teacher -> cell.fire  one_to_one  weight 1
                  connect train -> cell.fire as syn  all  weight 0  %s  synapse Owns
                }
                """
                    .formatted(handler, delay),
            "Net",
            Machine.Options.F64);
    machine.spikes("train", 0, 100).spikes("teacher", 0, 119).spikes("teacher", 1, 169).runTo(200);
    assertEquals(first, machine.value("syn.seen", 0), 1e-13);
    assertEquals(second, machine.value("syn.seen", 1), 1e-13);
  }

  /// Whatever the number of its targets, and the order in which they are told of a spike.
  @ParameterizedTest
  @CsvSource({"''", "axonal delay 1 ms", "axonal delay 1 ms + 0 ms * pre.index"})
  void aSpikeChangesTheTraceOfASynapseOnce(String delay) {
    Machine machine =
        Machine.of(
            """
            neuron Cell { receive syn(w : real) { } }
            synapse Doubles {
              weight w : real
              trace x of pre tau 20 ms
              state seen : real = 0
              on pre { deliver w; seen += x; x += 1 }
            }
            network Net {
              input train : spikes[1]
              population cell : Cell[3]
              connect train -> cell.syn as syn  all  weight 0  %s  synapse Doubles
            }
            """
                .formatted(delay),
            "Net",
            Machine.Options.F64);
    machine.spikes("train", 0, 100, 150).runTo(200);
    for (int target = 0; target < 3; target++) {
      assertEquals(2 * Math.exp(-5.0 / 20), machine.value("syn.seen", target), 1e-13);
    }
  }
}
