package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What states and inputs of synapses begin with: what their declaration says, for the pair.
class SynapseInitialsTest {
  private static final String PROGRAM =
      """
      neuron Cell {
        state v : real = 0
        v' = -v / 10 ms
        receive syn(w : real) { v += w }
      }
      synapse Made {
        param p = 3 + post.index
        weight w : real
        state plain : real = 5
        state pair : real = 10 * pre.index + post.index
        state of_param : real = 2 * p
        plastic state kept : real = 100 * pre.index + post.index
        shared state one : real = 7
        input gain : real = 2
        input error : real of post = 3
        input gate : real of pre = 4
        state followed : real = 10 * pre.index + post.index
        followed' = (post.v - followed) / 1000000 s
        state decaying : real = 1 + pre.index
        decaying' = -decaying / 1000000 s
        on pre { deliver w; w = EXPRESSION }
      }
      network Net {
        input train : spikes[3]
        population cell : Cell[2]
        connect train -> cell.syn as syn  RULE  weight 0.5  synapse Made
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"all", "bernoulli(99.9999 %)", "all where pre.index < 3"})
  void everyPairHasItsOwn(String rule) {
    check(rule, "plain", 0, 0, 5);
    check(rule, "pair", 10, 1, 0);
    check(rule, "of_param", 0, 2, 6);
    check(rule, "kept", 100, 1, 0);
    check(rule, "one", 0, 0, 7);
    check(rule, "gain", 0, 0, 2);
    check(rule, "error", 0, 0, 3);
    check(rule, "gate", 0, 0, 4);
    check(rule, "followed", 10, 1, 0);
    check(rule, "decaying", 1, 0, 1);
  }

  /// Where a weight is given the value, it is `ofSource · source + ofTarget · target + more`.
  private static void check(String rule, String name, int ofSource, int ofTarget, int more) {
    String text = PROGRAM.replace("RULE", rule).replace("EXPRESSION", name);
    Machine machine = Machine.of(text, "Net", Machine.Options.F64.step("1"));
    machine.spikes("train", 0, 1).spikes("train", 1, 1).spikes("train", 2, 1).runTo(3);
    for (int source = 0; source < 3; source++) {
      for (int target = 0; target < 2; target++) {
        double expected = ofSource * source + ofTarget * target + more;
        assertEquals(expected, machine.value("syn.w", 2 * source + target), 1e-6, name);
      }
    }
  }
}
