package snel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The arithmetic of the benchmarks' runner: ratios, bands, tables.
class BenchmarkSuiteTest {
  @Test
  void itComparesAndTabulatesRightly() {
    Optional<Python> python = Python.with("sys");
    Assumptions.assumeTrue(python.isPresent(), "python3 is not installed: apt-get install python3");
    Python.Outcome outcome =
        python.get().run(Path.of("../bench"), "-m", "unittest", "suite.test_suite");
    assertEquals(0, outcome.exit(), outcome.said());
  }
}
