package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The networks of the benchmarks: right, and what they import from the examples is there.
class BenchmarkProgramsTest {
  private static final Path PROGRAMS = Path.of("../bench/programs");

  @Test
  void allAreAccepted() throws IOException {
    try (Stream<Path> files = Files.walk(PROGRAMS)) {
      List<Path> programs =
          files.filter(file -> file.toString().endsWith(".snn")).sorted().toList();
      assertEquals(16, programs.size(), programs.toString());
      for (Path program : programs) {
        CommandLineRun check = CommandLineRun.of("check", program.toString());
        assertEquals(0, check.exit(), program + "\n" + check.err());
      }
    }
  }
}
