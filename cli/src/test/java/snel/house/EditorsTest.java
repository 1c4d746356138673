package snel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The grammars for editors: `ide/check.sh` tests them on small programs, packages the extension,
/// and parses every program of the project. What is not installed is skipped.
class EditorsTest {
  @ParameterizedTest
  @CsvSource({"vscode, snel.vsix packaged", "tree-sitter, programs parsed"})
  void editorsReadThePrograms(String part, String done) throws Exception {
    Process process = start(part);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS), "still running");
    assumeFalse(said.contains(part + ": skipped"), said);
    assertEquals(0, process.exitValue(), said);
    assertTrue(said.contains(done), said);
  }

  private static Process start(String part) {
    try {
      return new ProcessBuilder("sh", "../ide/check.sh", part).redirectErrorStream(true).start();
    } catch (IOException problem) {
      assumeTrue(false, "no shell: " + problem);
      throw new IllegalStateException(problem);
    }
  }
}
