package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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
    var list = Pattern.compile("for one in (.*?); do", Pattern.DOTALL);
    Matcher found = list.matcher(Files.readString(Path.of("../snel")));
    assertTrue(found.find());
    var listed =
        Pattern.compile("[a-z]+\\.[A-Z]\\w*")
            .matcher(found.group(1))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    var warmedUp = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(RUNTIME)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        if (Files.readString(file).contains(" static void warmUp(")) {
          String name = RUNTIME.relativize(file).toString().replace('/', '.').replace('\\', '.');
          warmedUp.add(name.substring(0, name.length() - ".java".length()));
        }
      }
    }
    assertEquals(String.join("\n", warmedUp), String.join("\n", listed));
  }
}
