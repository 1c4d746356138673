package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The language samples through the command: those that run, with their tests and what they expect;
/// those that are only checked; those that are refused, each with one message.
class SamplesTest {
  private static final Path SAMPLES = Path.of("../compiler/src/test/resources/samples");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(SAMPLES.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }
    SampleData.writeTo(folder);
  }

  private Path sample(String number) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith(number + "_"))
          .findFirst()
          .orElseThrow();
    }
  }

  private CommandLineRun run(Path file, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", file.toString()));
    arguments.addAll(List.of("--format", "json", "--threads", "1"));
    arguments.addAll(List.of("--out", folder.resolve("runs").toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private Path reduced(SampleSize size) throws IOException {
    Path file = sample(size.number());
    Files.writeString(file, size.reduced(Files.readString(file)));
    return file;
  }

  /// Every experiment and sweep runs to its end, everything expected holds.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "RUN_.*")
  void runsAsItIsMeantTo(SampleSize size) throws IOException {
    Path file = reduced(size);
    CommandLineRun check = CommandLineRun.of("check", file.toString());
    assertEquals(0, check.exit(), check.err());
    String text = Files.readString(file);
    List<String> named =
        text.lines()
            .filter(line -> line.startsWith("experiment ") || line.startsWith("sweep "))
            .map(line -> line.split(" ", 3)[1])
            .toList();
    assertTrue(named.containsAll(size.results().keySet()), named.toString());
    if (!named.isEmpty()) {
      CommandLineRun run = run(file, named.toArray(String[]::new));
      assertEquals(0, run.exit(), run.out() + run.err());
      List<String> lines = run.out().lines().toList();
      assertEquals(named.size(), lines.size(), run.out());
      for (int k = 0; k < lines.size(); k++) {
        String line = lines.get(k);
        assertTrue(line.contains("\"experiment\":\"" + named.get(k) + "\""), line);
        assertTrue(line.contains("\"state\":\"done\""), line);
        int passed = size.results().getOrDefault(named.get(k), 0);
        assertTrue(line.contains("\"passed\":" + passed + ",\"failed\":0"), line);
      }
    }
    if (text.contains("\ntest \"")) {
      CommandLineRun test = CommandLineRun.of("test", file.toString());
      assertEquals(0, test.exit(), test.out() + test.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"08", "09", "13", "16", "17", "18", "20", "21", "22", "33", "34", "38", "40"})
  void isFoundRight(String number) throws IOException {
    CommandLineRun run = CommandLineRun.of("check", sample(number).toString());
    assertEquals(0, run.exit(), run.err());
    assertFalse(run.err().contains("error") || run.err().contains("bug"), run.err());
  }

  /// The programs of which one experiment is refused: the others run, and it is refused before
  /// those that it starts from run.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "PART_.*")
  void whatDoesNotTrainRuns(SampleSize size) throws IOException {
    Path file = reduced(size);
    if (!size.refused().isEmpty()) {
      CommandLineRun refused = run(file, size.refused());
      assertEquals(1, refused.exit(), refused.err());
      assertTrue(refused.out().startsWith("{\"code\":\"E0604\""), refused.out());
      assertEquals(1, refused.out().lines().count(), refused.out());
      assertFalse(Files.exists(folder.resolve("runs")));
    }
    for (String name : size.results().keySet()) {
      CommandLineRun run = run(file, name);
      assertEquals(0, run.exit(), run.out() + run.err());
      int passed = size.results().getOrDefault(name, 0);
      assertTrue(run.out().contains("\"passed\":" + passed + ",\"failed\":0"), run.out());
    }
  }

  /// The whole of what is said by `check`, warnings too; the same error by the others, which tell
  /// warnings beside it only where the text alone is refused.
  @ParameterizedTest
  @ValueSource(strings = "23")
  void isRefusedWithOneMessage(String number) throws IOException {
    String wanted = Files.readString(Path.of("src/test/resources/samples/" + number + ".txt"));
    Path file = sample(number);
    String name = String.valueOf(file.getFileName());
    for (List<String> command : List.of(List.of("check"), List.of("run"), List.of("plan"))) {
      CommandLineRun run = CommandLineRun.of(command.getFirst(), file.toString());
      assertEquals(1, run.exit(), run.err());
      assertEquals("", run.out());
      String said = run.err().replace(file.toString(), name);
      assertEquals(error(wanted), error(said), command.getFirst());
      if (command.contains("check")) {
        assertEquals(wanted, said);
      }
    }
    assertEquals(1, wanted.lines().filter(line -> line.startsWith("error[")).count());
  }

  private static String error(String said) {
    int from = said.indexOf("error[");
    return said.substring(from, said.indexOf("\n\n", from));
  }

  /// Each number is in exactly one of the lists.
  @Test
  void noSampleIsLeftOut() throws IOException {
    List<String> run =
        Stream.of(SampleSize.values())
            .filter(size -> size.name().startsWith("RUN_"))
            .map(SampleSize::number)
            .toList();
    List<String> all = new ArrayList<>(run);
    all.addAll(
        List.of("08", "09", "13", "16", "17", "18", "20", "21", "22", "33", "34", "38", "40"));
    all.add("23");
    try (Stream<Path> files = Files.list(SAMPLES)) {
      assertEquals(
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".snn"))
              .map(name -> name.substring(0, 2))
              .sorted()
              .toList(),
          all.stream().sorted().toList());
    }
  }
}
