package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A projection whose rule is frozen is one without a rule: what is above it learns the same.
class FrozenRulesTest {
  private static final String NETWORKS =
      """
      import std.neurons.unit.{Lif, Leaky}
      import std.rules.PairStdp
      network Plain {
        input s : spikes[3]
        population h : Lif[4]
        population o : Leaky[2]
        connect s -> h as st   all  weight uniform(1, 3)
        connect h -> o as out  all  weight uniform(-1, 1)
      }
      network Learns {
        input s : spikes[3]
        population h : Lif[4]
        population o : Leaky[2]
        connect s -> h as st   all  weight uniform(1, 3)  synapse PairStdp(w_max: 4)
        connect h -> o as out  all  weight uniform(-1, 1)
      }
      experiment before on Learns {
        step 1 ms; seed 3; numerics f64
        present s = [[0 ms, 3 ms, 9 ms], [1 ms, 8 ms], [4 ms, 6 ms]] for 30 ms
      }
      """;

  @TempDir private Path folder = Path.of("");

  private String weights(String header, String freeze) throws IOException {
    Path file = folder.resolve("frozen.snn");
    Files.writeString(
        file,
        NETWORKS
            + """
            experiment e on %s {
              step 1 ms; seed 3; numerics f64
              %s
              train by bptt() with gradient_descent(0.1)
              repeat 3 times {
                reset all
                present s = [[0 ms, 3 ms, 9 ms], [1 ms, 8 ms], [4 ms, 6 ms]] for 30 ms
                minimise cross_entropy(max_over_time(o.v), 1)
              }
              report out = out.w, st = st.w
            }
            """
                .formatted(header, freeze));
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), "e", "--out", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    return run.out().replaceAll("(?s).*\"results\":", "").replaceAll("(?s),\"spikes\".*", "");
  }

  @Test
  void aFrozenRuleIsNone() throws IOException {
    String plain = weights("Plain", "freeze st");
    assertEquals(plain, weights("Learns", "freeze st"));
    assertEquals(plain, weights("Learns", "freeze all except out"));
    assertNotEquals(plain, weights("Plain", "freeze all except st"));
  }

  @Test
  void whatWasLearntBeforeIsHeld() throws IOException {
    assertNotEquals(weights("Learns", "freeze st"), weights("Learns from before", "freeze st"));
  }
}
