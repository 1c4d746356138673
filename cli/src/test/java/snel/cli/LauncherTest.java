package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "'', C.UTF-8",
    "LANG=C, C.UTF-8",
    "LC_ALL=POSIX LANG=de_DE.UTF-8, C.UTF-8",
    "LC_CTYPE=C LANG=de_DE.UTF-8, C.UTF-8",
    "LANG=de_DE.UTF-8, ''",
    "LC_ALL=de_DE.ISO-8859-1 LANG=C, de_DE.ISO-8859-1"
  })
  void withoutALocaleNamesOfFilesAreInUtf8(String environment, String locale)
      throws IOException, InterruptedException {
    Matcher found =
        Pattern.compile("^case .*LC_ALL.*?^esac", Pattern.DOTALL | Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../snel")));
    assertTrue(found.find());
    String script = found.group() + "; echo \"${LC_ALL:-}\"";
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    command.addAll(Stream.of(environment.split(" ")).filter(part -> !part.isEmpty()).toList());
    command.addAll(List.of("/bin/sh", "-u", "-c", script));
    Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertEquals(
        locale, new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    assertEquals(0, shell.waitFor());
  }
}
