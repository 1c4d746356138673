package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The plain machine of the semantics in Python: the worked examples, the published values, the
/// patterns of Izhikevich and Brian2's results.
class ReferenceMachineTest {
  private static final Path FOLDER = Path.of("../bench/reference");

  private Python python = new Python("");

  @BeforeEach
  void findPython() {
    Optional<Python> found = Python.with("sys");
    Assumptions.assumeTrue(found.isPresent(), "python3 is not installed: apt-get install python3");
    python = found.get();
  }

  @Test
  void itGivesTheKnownValues() {
    Python.Outcome outcome = python.run(FOLDER, "-m", "unittest");
    assertEquals(0, outcome.exit(), outcome.said());
  }

  @Test
  void itGivesTheResultsOfBrian2() {
    Python.Outcome outcome = python.run(FOLDER, "conformance.py", Brian2Test.MODELS.toString());
    assertEquals(0, outcome.exit(), outcome.said());
  }
}
