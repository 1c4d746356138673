package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OtherProgramsTest {
  @Test
  void seesAnotherProgram() throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(Path.of("/proc/stat")), "no Linux");
    OtherPrograms others = new OtherPrograms();
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      Thread.sleep(600);
      assertTrue(others.processors() > 0.2);
    } finally {
      busy.destroyForcibly().waitFor();
    }
  }
}
