package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.testing.Folder;

/// The results of Brian2 that the models are held to: those committed are those that Brian2 gives.
class Brian2Test {
  static final Path MODELS = Path.of("src/test/resources/conformance/brian2").toAbsolutePath();

  @TempDir Path folder;

  static List<String> models() {
    return Folder.below(MODELS, ".snn").stream()
        .map(file -> file.getFileName().toString().replace(".snn", ""))
        .toList();
  }

  @Test
  void brian2GivesWhatIsCommitted() {
    Optional<Python> python = Python.with("brian2");
    Assumptions.assumeTrue(
        python.isPresent(), "Brian2 is not installed: apt-get install python3-brian");
    Python.Outcome outcome = python.get().run(MODELS, "all.py", folder.toString());
    assertEquals(0, outcome.exit(), outcome.said());
    assertTrue(models().size() >= 10);
    for (String model : models()) {
      Recording.read(MODELS, model).assertEquivalent(Recording.read(folder, model), 1e-11);
    }
  }
}
