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

/// Programs that hold the language to closed forms, run by `snel test`.
class LanguageTest {
  private static final Path FOLDER = Path.of("src/test/resources/language");

  private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/std");

  static List<Path> programs() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".snn")).sorted().toList();
    }
  }

  /// The files of the library that test themselves.
  static List<Path> library() throws IOException {
    List<Path> tested = new ArrayList<>();
    try (Stream<Path> files = Files.walk(LIBRARY)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".snn")).sorted().toList()) {
        if (Files.readString(file).lines().anyMatch(line -> line.startsWith("test \""))) {
          tested.add(file);
        }
      }
    }
    return tested;
  }

  @ParameterizedTest
  @MethodSource("library")
  void whatTheLibraryExpectsOfItselfHolds(Path file) {
    CommandLineRun run = CommandLineRun.of("test", file.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void whatProgramsExpectHolds(Path program) {
    CommandLineRun run = CommandLineRun.of("test", program.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
  }
}
