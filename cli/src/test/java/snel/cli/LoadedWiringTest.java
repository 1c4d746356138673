package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `load` puts the synapses that were saved in place of those of the network, where they come and
/// go.
class LoadedWiringTest {
  /// Every weight tells its pair; what grew or went is known by its pair as well.
  static final String PROGRAM =
      """
      neuron Sum { state v : real = 0; receive exc(w : real) { v += w } }
      synapse Mortal {
        weight w : real
        state age : int = 0
        on pre { deliver w; w += 0.01; age += 1 }
        prune when age >= 2
      }
      network Net {
        input s : spikes[5]
        population S : Sum[7]
        connect s -> S.exc as g  bernoulli(0.3)  weight 10 * pre.index + post.index
          synapse Mortal  grow bernoulli(0.2) every 2 ms
      }
      experiment grow on Net {
        step 1 ms; seed 1
        present s = [[1 ms, 3 ms], [4 ms], [], [5 ms], [6 ms]] for 8 ms
        save "grown.npz"
        report w = sum(g.w), count = count(g)
        report a = sum(g.w[0, ..]), b = sum(g.w[1, ..]), c = sum(g.w[2, ..]), d = sum(g.w[3, ..])
        report e = sum(g.w[.., 0]), f = sum(g.w[.., 3]), h = sum(g.w[.., 6])
      }
      experiment again on Net {
        step 1 ms; seed 2
        run 3 ms
        load "grown.npz"
        report w = sum(g.w), count = count(g)
        report a = sum(g.w[0, ..]), b = sum(g.w[1, ..]), c = sum(g.w[2, ..]), d = sum(g.w[3, ..])
        report e = sum(g.w[.., 0]), f = sum(g.w[.., 3]), h = sum(g.w[.., 6])
        freeze g
        reset S
        present s = [[1 ms], [1 ms], [1 ms], [1 ms], [1 ms]] for 2 ms
        expect sum(S.v) == sum(g.w) within 1e-3
      }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void whatGrewIsThereAgain() throws IOException {
    Path file = folder.resolve("grown.snn");
    Files.writeString(file, PROGRAM);
    CommandLineRun run =
        CommandLineRun.of("run", file.toString(), "grow", "--out", folder.resolve("a").toString());
    assertEquals(0, run.exit(), run.err());
    Path saved;
    try (Stream<Path> all = Files.walk(folder)) {
      saved = all.filter(p -> p.endsWith("grown.npz")).findFirst().orElseThrow();
    }
    Files.copy(saved, folder.resolve("copy.npz"));
    Path other = folder.resolve("other.snn");
    Files.writeString(other, PROGRAM.replace("load \"grown.npz\"", "load \"copy.npz\""));
    CommandLineRun again =
        CommandLineRun.of(
            "run", other.toString(), "again", "--out", folder.resolve("b").toString());
    assertEquals(0, again.exit(), again.err());
    List<String> first = results(run.out());
    assertTrue(first.size() == 9, run.out());
    assertEquals(first, results(again.out()));
  }

  private static List<String> results(String out) {
    return out.lines().filter(line -> line.matches("  [a-z]+ .*")).toList();
  }
}
