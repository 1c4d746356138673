package snel.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.parse.Parser;
import snel.source.SourceFile;

/// Every code has a page in `docs/errors/`, and every page a code.
class ErrorPagesTest {
  private static final Path FOLDER = Path.of("../docs/errors");
  private static final Pattern EXAMPLE =
      Pattern.compile("^```(snn|sh)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /// What the parser itself finds; the other examples must be right as far as syntax goes.
  private static final Set<Code> OF_SYNTAX =
      Set.of(
          Code.UNEXPECTED_TEXT,
          Code.UNKNOWN_UNIT,
          Code.TWO_STATEMENTS_ON_ONE_LINE,
          Code.UNFINISHED,
          Code.UNBALANCED_BRACKET,
          Code.UNREADABLE_TEXT,
          Code.MISPLACED_STATEMENT,
          Code.RESERVED_WORD,
          Code.CHAINED_COMPARISON,
          Code.CLAUSE_TWICE,
          Code.RULE_MISSING);

  private static String page(Code code) throws IOException {
    return Files.readString(FOLDER.resolve(code.id() + ".md"));
  }

  @Test
  void codesAndPagesAreTheSame() throws IOException {
    var wanted = new TreeSet<String>();
    Arrays.stream(Code.values()).forEach(code -> wanted.add(code.id() + ".md"));
    try (var files = Files.list(FOLDER)) {
      assertEquals(
          String.join("\n", wanted),
          files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.joining("\n")));
    }
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void aPageSaysWhatItMeansWithAnExampleAndHowToMendIt(Code code) throws IOException {
    String page = page(code);
    assertTrue(
        page.startsWith("# " + code.id() + ": " + code.title() + "\n\n`" + code.kebab() + "`\n"));
    var example = EXAMPLE.matcher(page);
    assertTrue(example.find(), "no example");
    assertTrue(example.start() > page.indexOf("`\n") + 30, "nothing is said before the example");
    assertTrue(page.length() - example.end() > 20, "nothing is said behind the example");
    for (String line : page.lines().toList()) {
      assertTrue(line.length() <= 100, line);
    }
  }

  @ParameterizedTest
  @EnumSource(Code.class)
  void theExampleIsASyntaxErrorOnlyWhereThePageSaysSo(Code code) throws IOException {
    var example = EXAMPLE.matcher(page(code));
    while (example.find()) {
      if (example.group(1).equals("snn")) {
        var diagnostics = new Diagnostics();
        Parser.parse(new SourceFile(code.id() + ".snn", example.group(2)), diagnostics);
        var found = diagnostics.sorted().stream().map(Diagnostic::code).distinct().toList();
        String shown = new TextRenderer(Palette.PLAIN).render(diagnostics.sorted());
        assertEquals(OF_SYNTAX.contains(code) ? List.of(code) : List.of(), found, shown);
      }
    }
  }
}
