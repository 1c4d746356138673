package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an experiment saves it can load again, and so can the one that starts from it.
class SavedWeightsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void areFoundWhereTheyWereSaved() throws IOException {
    Path program = folder.resolve("saved.snn");
    Files.writeString(
        program,
        """
        neuron Sum { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
        network Net { population P : Sum[3]; connect P -> P.syn as rec  all  weight 0.1 }
        experiment one on Net {
          step 1 ms; seed 1
          rec.w = 0.25
          save "weights.npz"
          rec.w = 0
          load "weights.npz"
          report w = mean(rec.w)
        }
        experiment two on Net from one { rec.w = 0; load "weights.npz"; report w = mean(rec.w) }
        experiment three on Net { step 1 ms; seed 1; load "weights.npz" }
        """);
    for (String name : new String[] {"one", "two"}) {
      CommandLineRun run = run(program, name);
      assertEquals(0, run.exit(), run.err());
      assertTrue(run.out().contains("\"w\":0.25"), run.out());
    }
    CommandLineRun nothing = run(program, "three");
    assertEquals(1, nothing.exit());
    String said = nothing.out() + nothing.err();
    assertTrue(said.contains("there is no such file"), said);
  }

  @Test
  void areThoseOfAllPairsOfOthers() throws IOException {
    Path program = folder.resolve("others.snn");
    Files.writeString(
        program,
        """
        neuron Sum { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
        synapse Late { weight w : real; delay d : time in 0 ms .. 15 ms; on pre { deliver w } }
        network Net {
          population P : Sum[3]
          connect P -> P.syn as rec  all  where pre != post  weight pre.index * 10 + post.index
            delay 1 ms * (1 + 3 * pre.index + post.index)  synapse Late
        }
        experiment one on Net { step 1 ms; seed 1; save "weights.npz" }
        experiment two on Net from one {
          rec.w = 7; rec.d = 0 ms
          load "weights.npz"
          report w = rec.w, d = rec.d
        }
        """);
    assertEquals(0, run(program, "one").exit());
    CommandLineRun run = run(program, "two");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\"w\":[1.0,2.0,10.0,12.0,20.0,21.0]"), run.out());
    assertTrue(run.out().contains("\"d\":[2.0,3.0,4.0,6.0,7.0,8.0]"), run.out());
  }

  /// A bound of a range that single precision rounds up is no number outside it.
  @Test
  void atTheirBoundsLieInside() throws IOException {
    Path program = folder.resolve("bound.snn");
    Files.writeString(
        program,
        """
        neuron Sum { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
        synapse Bounded { weight w : real in 0.2 .. 0.8; on pre { deliver w; w += 0.001 } }
        network Net {
          population P : Sum[3]; population Q : Sum[2]
          connect P -> Q.syn as rec  all  weight 0.9  synapse Bounded
        }
        experiment first on Net { step 1 ms; seed 1; save "weights.npz" }
        experiment e on Net { step 1 ms; seed 1; load npz("weights.npz", of: first, scale: none); report w = mean(rec.w) }
        """);
    CommandLineRun run =
        CommandLineRun.of("run", program.toString(), "e", "--out", folder.toString());
    assertEquals(0, run.exit(), run.err());
    assertFalse(run.err().contains("clipped"), run.err());
  }

  /// Into a larger network, with a range that not all numbers lie in.
  @Test
  void areClippedAndWhatIsMissingIsTold() throws IOException {
    Path program = folder.resolve("larger.snn");
    Files.writeString(
        program,
        """
        neuron Sum { state v : real = 0; receive syn(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
        synapse Bounded { weight w : real in 0 .. 1.5; on pre { deliver w } }
        network Small {
          population P : Sum[3]
          connect P -> P.syn as rec  all  weight pre.index
        }
        network Large {
          population P : Sum[3]
          population Q : Sum[2]
          connect P -> P.syn as rec   all  weight 0    synapse Bounded
          connect P -> Q.syn as more  all  weight 0.5  synapse Bounded
        }
        experiment small on Small { step 1 ms; seed 1; save "larger.npz" }
        experiment large on Large {
          step 1 ms; seed 1
          load "larger.npz"
          report w = rec.w, more = mean(more.w)
        }
        """);
    assertEquals(0, run(program, "small").exit());
    try (Stream<Path> all = Files.walk(folder)) {
      Path saved = all.filter(path -> path.endsWith("larger.npz")).findFirst().orElseThrow();
      Files.copy(saved, folder.resolve("larger.npz"));
    }
    CommandLineRun run = run(program, "large");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\"w\":[0.0,0.0,0.0,1.0,1.0,1.0,1.5,1.5,1.5]"), run.out());
    assertTrue(run.out().contains("\"more\":0.5"), run.out());
    String told =
        CommandLineRun.of("run", program.toString(), "large", "--fresh", "--out", folder.toString())
            .err();
    assertTrue(told.contains("larger.npz has nothing for `more.w`, which stays"), told);
    assertTrue(
        told.contains(
            "3 of the 9 numbers loaded for `rec.w` lie outside its range and are clipped to"
                + " 0 .. 1.5"),
        told);
  }

  private CommandLineRun run(Path program, String name) {
    return CommandLineRun.of(
        "run", program.toString(), name, "--out", folder.toString(), "--format", "json");
  }
}
