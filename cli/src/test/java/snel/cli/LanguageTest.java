package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Programs that hold the language to closed forms, run by `snel test`.
class LanguageTest {
  private static final Path FOLDER = Path.of("src/test/resources/language");

  static List<Path> programs() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".snn")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void whatProgramsExpectHolds(Path program) {
    CommandLineRun run = CommandLineRun.of("test", program.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
  }
}
