package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that have very many of one thing. The limits are far above what they take.
class ManyPartsTest {
  private static final String CELL =
      """
      neuron Cell {
        state v : real = 0
        v' = -v / 20 ms
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      """;

  @TempDir private Path folder = Path.of("");

  private String program(String text) throws IOException {
    return Files.writeString(folder.resolve("many.snn"), CELL + text).toString();
  }

  /// On a stack like the one that the script `snel` gives.
  @Test
  void aThousandProjectionsToOnePort() throws Exception {
    String file =
        program(
            """
            network Net {
              population a : Cell[2](v: uniform(0, 2))
              population b : Cell[2]
              for k in 0 ..< 1_000 { connect a -> b.syn as c[k]  all  weight 0.001 }
            }
            experiment e on Net { step 1 ms; seed 1; run 5 ms; report total = count(b) }
            """);
    var check = new FutureTask<>(() -> CommandLineRun.of("check", file));
    new Thread(null, check, "check", stack()).start();
    CommandLineRun run = check.get();
    assertEquals(0, run.exit(), run.err());
  }

  private static long stack() throws IOException {
    var option = Pattern.compile("-Xss(\\d+)m").matcher(Files.readString(Path.of("../snel")));
    assertTrue(option.find());
    return Long.parseLong(option.group(1)) << 20;
  }

  @Test
  void eventsThatAllWaitForTheirStep() throws IOException {
    String file =
        program(
            """
            network Net { population a : Cell[2] }
            experiment e on Net {
              step 1 ms; seed 1
              for k in 0 ..< 300_000 { send a.syn(2) after (299_999 - k) * 1 ms }
              run 300_000 ms
              report total = count(a)
            }
            """);
    String out = folder.resolve("out").toString();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          CommandLineRun run = CommandLineRun.of("run", file, "--out", out);
          assertEquals(0, run.exit(), run.err());
          assertTrue(run.out().contains("600"), run.out());
        });
  }
}
