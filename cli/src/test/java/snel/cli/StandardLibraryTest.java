package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The `test` blocks of the standard library, run by `snel test`: those beside each neuron and
/// encoder, and those of `std/tests` for synapses, rules, read-outs and data.
class StandardLibraryTest {
  private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/std");

  /// Data sets that do not ship with the language.
  private static final List<String> MUST_BE_FETCHED = List.of("mnist", "nmnist", "spoken_digits");

  /// Held to central differences of exact spike times by [SpikePropTest].
  private static final List<String> TESTED_ELSEWHERE =
      List.of(
          "SpikePropHidden", "SpikePropOutput", "SpikePropFeedback", "SpikeProp", "SpikePropRprop");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(LIBRARY)) {
      return files.filter(file -> file.toString().endsWith(".snn")).sorted().toList();
    }
  }

  static List<Path> filesWithTests() throws IOException {
    return files().stream().filter(file -> read(file).contains("\ntest \"")).toList();
  }

  @ParameterizedTest
  @MethodSource("filesWithTests")
  void whatTheLibraryExpectsHolds(Path file) {
    CommandLineRun run = CommandLineRun.of("test", file.toString());
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("ok "), run.out());
  }

  @Test
  void everythingHasATest() throws IOException {
    String together =
        files().stream()
            .filter(file -> folder(file).equals("tests"))
            .map(StandardLibraryTest::read)
            .collect(Collectors.joining());
    for (Path file : files()) {
      String name = name(file);
      boolean tested =
          TESTED_ELSEWHERE.contains(name)
              || read(file).contains("\ntest \"")
              || together.contains("." + name + "\n")
              || together.contains("." + name + ".{");
      assertTrue(tested || MUST_BE_FETCHED.contains(name), file + " has no test");
    }
  }

  /// Every model says whose it is; read-outs that are mere arithmetic have no paper.
  @Test
  void everyModelNamesItsPaper() throws IOException {
    List<String> nobodys = List.of("Static", "Parrot", "Analog", "MaxCount", "MaxPotential");
    List<String> papered = List.of("neurons", "unit", "synapses", "rules", "encode", "decode");
    for (Path file : files()) {
      String name = name(file);
      if (papered.contains(folder(file)) && !nobodys.contains(name)) {
        String text = read(file);
        assertTrue(
            text.matches("(?s).*\n/// (Paper|Papers): .*\\([12]\\d{3}\\).*"), file.toString());
      }
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replace(".snn", "");
  }

  private static String folder(Path file) {
    return String.valueOf(file.getName(file.getNameCount() - 2));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
