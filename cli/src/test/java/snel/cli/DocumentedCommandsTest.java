package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;

/// What documents tell to type can be typed, and where they point to there is something.
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?:^|[ (`])(?:\\./)?snel ((?:run|check|test|plan|compile|fmt|explain|new|data) [^`]*)");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

  static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String name : List.of("README.md", "DEVELOPMENT.md", "CHANGELOG.md", "bench/README.md")) {
      documents.add(ROOT.resolve(name));
    }
    for (String folder : List.of("docs", "examples", "stdlib/src", "ide", "grammar")) {
      try (Stream<Path> inside = Files.walk(ROOT.resolve(folder))) {
        inside
            .filter(path -> path.toString().endsWith(".md"))
            .filter(path -> !path.toString().contains("node_modules"))
            .sorted()
            .forEach(documents::add);
      }
    }
    return documents;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) throws IOException {
    String text = FENCE.matcher(Files.readString(document)).replaceAll("");
    text = text.replaceAll("`[^`\n]*`", "");
    Matcher links = LINK.matcher(text);
    while (links.find()) {
      String link = links.group(1);
      if (link.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = document;
      if (!parts[0].isEmpty()) {
        target = document.resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8));
        assertTrue(Files.exists(target), document + ": " + link);
      }
      if (parts.length > 1 && target.toString().endsWith(".md")) {
        assertTrue(anchors(target).contains(parts[1]), document + ": " + link);
      }
    }
  }

  /// The anchors of headings, as the usual renderers make them.
  private static List<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(heading -> heading.group(1).toLowerCase(java.util.Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-'))
        .toList();
  }

  /// @param whole whether it stands in a block, so that nothing is left out
  private record Typed(String place, List<String> words, boolean whole) {}

  private static List<Typed> commands(Path document) throws IOException {
    List<Typed> commands = new ArrayList<>();
    int number = 0;
    boolean fenced = false;
    for (String line : Files.readAllLines(document)) {
      number++;
      fenced ^= line.startsWith("```");
      Matcher found = COMMAND.matcher(line);
      while (found.find()) {
        String command = found.group(1).replaceAll("( {3,}|#|;|>|\\)? and |, ).*", "");
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command.replaceAll("\\[[^\\]]*\\](\\.\\.\\.)?", ""));
        String before = "";
        while (word.find()) {
          String plain = word.group().replaceAll("['\"]", "");
          if (before.endsWith("=")) {
            words.set(words.size() - 1, before + plain);
          } else {
            words.add(plain);
          }
          before = words.getLast();
        }
        commands.add(new Typed(document + ":" + number, words, fenced));
      }
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commandsCanBeTyped(Path document) throws IOException {
    for (Typed typed : commands(document)) {
      List<String> words = typed.words();
      if (words.size() < 2) {
        continue; // the name of a command within a sentence
      }
      Commands.Known known = Commands.find(words.getFirst());
      assertTrue(known != null, typed.toString());
      if (known == null || isProse(words)) {
        continue;
      }
      String[] rest = words.stream().skip(1).map(w -> w.replace("$s", "1")).toArray(String[]::new);
      CommandLine line = new CommandLine(known.maker().get().usage().spec());
      try {
        line.parseArgs(rest);
      } catch (CommandLine.MissingParameterException problem) {
        assertFalse(typed.whole(), () -> typed + ": " + problem.getMessage());
        continue;
      }
      Path program = ROOT.resolve(rest[0]);
      if (rest[0].startsWith("examples/")) {
        assertTrue(Files.exists(program), typed.toString());
        if (!document.toString().contains("docs/errors/")) {
          assertNamesAreThere(typed, program, List.of(rest));
        }
      }
    }
  }

  private static final Set<String> VALUELESS = Set.of("--fresh", "--resume");

  /// `snel run on a short program` is a sentence.
  private static boolean isProse(List<String> words) {
    return !words.get(1).matches("--.*|.*\\.snn|[A-Z]+|[a-z]+|E\\d+") || words.get(1).equals("on");
  }

  private static void assertNamesAreThere(Typed typed, Path file, List<String> words) {
    ProgramFiles files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(file)));
    Diagnostics diagnostics = new Diagnostics();
    OpenProgram program = Compiler.open(ProgramFile.read(file), files.loader(), files, diagnostics);
    Map<String, String> settings = new TreeMap<>();
    for (int k = 1; k < words.size(); k++) {
      if (words.get(k).equals("--set")) {
        String[] setting = words.get(++k).split("=", 2);
        settings.put(setting[0], setting[1]);
      } else if (words.get(k).startsWith("--")) {
        k += VALUELESS.contains(words.get(k)) ? 0 : 1;
      } else {
        boolean isThere =
            program.experiments().contains(words.get(k)) || program.sweeps().contains(words.get(k));
        assertTrue(isThere, typed + ": " + words.get(k));
      }
    }
    program.check(new Options(settings, OptionalInt.empty()), diagnostics);
    assertEquals(
        0,
        diagnostics.sorted().stream().filter(d -> d.code().id().startsWith("E")).count(),
        () -> typed + ": " + diagnostics.sorted());
  }
}
