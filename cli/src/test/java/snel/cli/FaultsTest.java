package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Code;

/// What commands say of faults that lie in files, on the command line, or show while an experiment
/// runs. Each file of `faults/` holds the files of a folder, the command, its exit code and what it
/// says; `-Dgolden.update=true` writes the last two anew.
class FaultsTest {
  private static final Path SCENES = Path.of("src/test/resources/faults");
  private static final Path GOLDEN = Path.of("../compiler/src/test/resources/golden");
  private static final String HEX = ", in hexadecimal";
  private static final Pattern HEADING = Pattern.compile("^== (.*)$", Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("[EW]\\d{4}(?=])");

  /// What it takes a second process, a network, another machine or minutes to see: tests of the
  /// classes that tell it hold their words.
  private static final Set<Code> ELSEWHERE =
      EnumSet.of(
          Code.OTHER_CHECKPOINT,
          Code.NOT_FETCHED,
          Code.FOLDER_IN_USE,
          Code.CHECKSUM_DIFFERS,
          Code.TOO_MANY_PARTS);

  @TempDir private Path folder = Path.of("");

  @RegisterExtension private final HomeFolder home = new HomeFolder(() -> folder);

  static List<String> scenes() throws IOException {
    try (Stream<Path> files = Files.list(SCENES)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void isTold(String name) throws IOException {
    Path file = SCENES.resolve(name);
    Map<String, String> parts = parts(Files.readString(file));
    String said = "";
    String kept = "";
    String command = "";
    for (Map.Entry<String, String> part : parts.entrySet()) {
      if (part.getKey().startsWith("$ ")) {
        command = part.getKey();
        kept = part.getValue();
        said = told(command.substring(2));
      } else if (part.getKey().startsWith("found ")) {
        beside(part.getKey().substring(6));
      } else {
        write(part.getKey(), part.getValue());
      }
    }
    assertFalse(said.contains("\tat ") || said.contains("Exception"), said);
    if (Boolean.getBoolean("golden.update")) {
      String text = Files.readString(file);
      int end = text.indexOf("== " + command) + 3 + command.length();
      Files.writeString(file, text.substring(0, end) + "\n" + said);
    } else {
      assertEquals(kept, said);
    }
  }

  private static Map<String, String> parts(String text) {
    Map<String, String> parts = new LinkedHashMap<>();
    var heading = HEADING.matcher(text);
    String name = "";
    int from = 0;
    while (heading.find()) {
      if (!name.isEmpty()) {
        parts.put(name, text.substring(from, heading.start()));
      }
      name = heading.group(1);
      from = Math.min(text.length(), heading.end() + 1);
    }
    parts.put(name, text.substring(from));
    return parts;
  }

  private void write(String name, String text) throws IOException {
    boolean coded = name.endsWith(HEX);
    Path path = folder.resolve(coded ? name.substring(0, name.length() - HEX.length()) : name);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.write(
        path,
        coded
            ? HexFormat.of().parseHex(text.replaceAll("\\s", ""))
            : text.getBytes(StandardCharsets.UTF_8));
  }

  /// Puts a file that a run left beside the program.
  private void beside(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Files.copy(
          files.filter(file -> file.endsWith(name)).findFirst().orElseThrow(),
          folder.resolve(name));
    }
  }

  private String told(String command) {
    String[] words =
        Arrays.stream(command.split(" "))
            .skip(1)
            .map(word -> word.replace("FOLDER", folder.toString()))
            .toArray(String[]::new);
    CommandLineRun run = CommandLineRun.of(words);
    return ("exit " + run.exit() + "\n" + run.err())
        .replace(folder.toString(), "FOLDER")
        .replaceAll("(?<=/\\w{1,32})-[0-9a-f]{12}\\b", "-ID")
        .replaceAll("may use [0-9.]+ [kMGT]?B", "may use …");
  }

  @Test
  void everyCodeIsToldSomewhere() throws IOException {
    Set<String> told = new TreeSet<>();
    for (Path place : List.of(SCENES, GOLDEN)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          CODE.matcher(Files.readString(file)).results().forEach(hit -> told.add(hit.group()));
        }
      }
    }
    Set<String> silent = new TreeSet<>();
    for (Code code : Code.values()) {
      if (!told.contains(code.id()) && !ELSEWHERE.contains(code)) {
        silent.add(code.id());
      }
    }
    assertEquals(Set.of(), silent);
  }
}
