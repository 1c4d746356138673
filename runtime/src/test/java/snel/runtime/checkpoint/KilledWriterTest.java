package snel.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills, without a warning, a process that writes checkpoints one after the other, and looks at
/// what is left.
class KilledWriterTest {
  private static final Origin ORIGIN = new Origin(1, "abc", "learn", "k");
  private static final int LENGTH = 200_000;

  @TempDir Path folder;

  /// Writes checkpoints whose numbers all equal their own number.
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      for (long n = 1; ; n++) {
        double[] state = new double[LENGTH];
        Arrays.fill(state, n);
        Checkpoint.of(ORIGIN).with("state", state).withFact("step", n).write(Path.of(arguments[0]));
      }
    }
  }

  @Test
  void aCheckpointIsAlwaysWhole() throws IOException, InterruptedException {
    var random = new SplittableRandom(11);
    Path file = folder.resolve("checkpoint.snel");
    for (int round = 0; round < 4; round++) {
      Files.deleteIfExists(file);
      Process writer = start(file);
      try {
        while (!Files.exists(file) && writer.isAlive()) {
          Thread.sleep(5);
        }
        Thread.sleep(random.nextInt(60));
      } finally {
        writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
      }
      Checkpoint read = Checkpoint.read(file, ORIGIN);
      double[] expected = new double[LENGTH];
      Arrays.fill(expected, read.fact("step", Long.class));
      assertArrayEquals(expected, read.doubles("state"));
      assertTrue(read.fact("step", Long.class) >= 1);
    }
  }

  private static Process start(Path file) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
