package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples, made smaller, as C programs: the same states after every step, the same spikes,
/// samples, results and failed expectations as on the JVM.
class ExamplesInCTest {
  private static final Path EXAMPLES = Path.of("..", "examples");

  private static final Path TARGETS = Path.of("src/test/resources/targets");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void gccIsHere() {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cuba | cuba | duration=100 ms",
        "cobahh | cobahh | duration=8 ms",
        "brunel | state | duration=40 ms; N=1_000",
        "brunel_stdp | learn | duration=40 ms; N=1_000",
        "izhikevich | gallery | ",
        "tsodyks_markram | train_20_hz | ",
        "tsodyks_markram | stationary | ",
        "motion | watch | ",
        "stdp_window | window | ",
        "stdp_window | pairing | ",
        "song_2000 | compete | duration=1 s",
      })
  void givesTheSameOnBothTargets(String example, String experiment, String settings) {
    Path file = EXAMPLES.resolve(example).resolve(example + ".snn");
    compare(file, experiment, settings == null ? Map.of() : settings(settings));
  }

  /// A program of the instructions that every machine has is slower and gives the same.
  @Test
  void givesTheSameWithoutTheInstructionsOfTheMachine() {
    Path file = EXAMPLES.resolve("cobahh").resolve("cobahh.snn");
    List<String> arguments = List.of(file.toString(), "cobahh", "--set", "duration=3 ms");
    List<ProgramRun> found = CProgram.portable(folder.resolve("c"), "-O1", arguments).runs();
    assertEquals(new JvmProgram(file, Map.of("duration", "3 ms")).runs("cobahh"), found);
  }

  @Test
  void givesTheSameOnBothTargetsInFixedPoint() {
    List<ProgramRun> runs = compare(TARGETS.resolve("fixed_point.snn"), "fixed_point", Map.of());
    assertEquals(List.of(), runs.getFirst().failures());
  }

  @ParameterizedTest
  @CsvSource({"evaluate", "untrained"})
  void givesTheSameOnBothTargetsWithData(String experiment) throws IOException {
    String text = Files.readString(EXAMPLES.resolve("digits").resolve("digits.snn"));
    Path file = folder.resolve("digits.snn");
    String less =
        text.replace("digits8x8.train", "digits8x8.train | shuffle | take(12)")
            .replace("digits8x8.test", "digits8x8.test | last(6)");
    Files.writeString(file, less);
    compare(file, experiment, Map.of("N", "20", "passes_over_data", "2"));
  }

  private static Map<String, String> settings(String list) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String setting : list.split(";")) {
      String[] parts = setting.strip().split("=");
      settings.put(parts[0], parts[1]);
    }
    return settings;
  }

  private List<ProgramRun> compare(Path file, String experiment, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>(List.of(file.toString(), experiment));
    settings.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
    List<ProgramRun> found = CProgram.of(folder.resolve("c"), "-O2", arguments).runs();
    List<ProgramRun> wanted = new JvmProgram(file, settings).runs(experiment);
    assertEquals(wanted.size(), found.size());
    for (int k = 0; k < wanted.size(); k++) {
      assertFalse(wanted.get(k).hashes().isEmpty());
      assertTrue(wanted.get(k).hashes().stream().distinct().count() > 1);
      assertEquals(wanted.get(k), found.get(k));
    }
    return found;
  }
}
