package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What `./snel` tells the Java machine.
class LauncherTest {
  private static final Path RUNTIME = Path.of("../runtime/src/main/java/snel/runtime");

  /// What is compiled into the method that only warms it up seems ready and is not.
  @Test
  void whatIsWarmedUpIsNotCompiledIntoItsWarmUp() throws IOException {
    String script = Files.readString(Path.of("../snel"));
    var listed =
        Pattern.compile("\\b(?:kernel|rng)\\.[A-Z]\\w*")
            .matcher(
                script.substring(
                    script.indexOf("for one in"),
                    script.indexOf("; do", script.indexOf("for one in"))))
            .results()
            .map(found -> found.group() + "Vector")
            .collect(Collectors.toCollection(TreeSet::new));
    var warmedUp = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(RUNTIME)) {
      for (Path file : files.filter(path -> path.toString().endsWith("Vector.java")).toList()) {
        if (Files.readString(file).contains(" void warmUp(")) {
          String name = RUNTIME.relativize(file).toString().replace('/', '.').replace('\\', '.');
          warmedUp.add(name.substring(0, name.length() - ".java".length()));
        }
      }
    }
    assertEquals(String.join("\n", warmedUp), String.join("\n", listed));
  }
}
