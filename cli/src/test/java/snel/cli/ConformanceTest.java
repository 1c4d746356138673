package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The worked examples of the semantics and published values, as tests in the language: which file
/// holds which is in `docs/internals/conformance.md`.
class ConformanceTest {
  private static final Path FOLDER = Path.of("../compiler/src/test/resources/conformance");

  static List<Path> programs() throws IOException {
    List<Path> programs = new ArrayList<>();
    for (String part : List.of("semantics", "known")) {
      try (Stream<Path> files = Files.list(FOLDER.resolve(part))) {
        files.filter(file -> file.toString().endsWith(".snn")).sorted().forEach(programs::add);
      }
    }
    programs.add(FOLDER.resolveSibling("samples").resolve("37_fixed_point.snn"));
    return programs;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void whatIsExpectedHolds(Path program) {
    CommandLineRun run = CommandLineRun.of("test", program.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
  }
}
