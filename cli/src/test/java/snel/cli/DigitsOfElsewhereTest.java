package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written on a machine whose language has other digits, other letters or a comma.
class DigitsOfElsewhereTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void standInNoFile() throws IOException, InterruptedException {
    Path program =
        Files.writeString(
            folder.resolve("some.snn"),
            """
            neuron Cell { state v : real = 0; v' = -v / 10 ms }
            network Net { population A : Cell[1200](v: 0.5) }
            experiment e on Net { step 0.1 ms; seed 1; run 12.5 ms; report rest = mean(A.v) }
            """);
    Map<Path, String> here = written(program, "en", "US");
    assertTrue(here.size() > 2, here.keySet()::toString);
    assertEquals(here, written(program, "ar", "EG"));
    assertEquals(here, written(program, "tr", "TR"));
  }

  private Map<Path, String> written(Path program, String language, String country)
      throws IOException, InterruptedException {
    Path out = folder.resolve(language);
    List<String> command =
        JavaMachine.running(Main.class, "-Duser.language=" + language, "-Duser.country=" + country);
    command.addAll(List.of("compile", program.toString(), "--target", "c"));
    command.addAll(List.of("--out", out.toString()));
    JavaMachine.Ended ended = JavaMachine.ended(command, folder.resolve("said.txt"));
    assertEquals(Exit.DONE.code(), ended.exit(), ended.text());
    Map<Path, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> texts.put(out.relativize(file), text(file)));
    }
    return texts;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
