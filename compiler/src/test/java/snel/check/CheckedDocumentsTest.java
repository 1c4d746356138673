package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.compiler.Compiler;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Severity;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.source.SourceFile;
import snel.testing.NoTables;

/// The programs on the page of the language are right, with their sizes and times, and show every
/// word that it has.
class CheckedDocumentsTest {
  private static final Path PAGE = Path.of("../docs/language.md");
  private static final Pattern PROGRAM =
      Pattern.compile("^```snn\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern BLOCK =
      Pattern.compile("^```snn.*?\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /// The words of the grammar that this version refuses.
  private static final List<String> REFUSED =
      List.of("best", "deployment", "keep", "minimise", "quantise", "target", "train", "verify");

  private static final Pattern FUNCTIONS =
      Pattern.compile("^## 17\\. (.*?)^## 18", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern MATHS =
      Pattern.compile("^\\* \\*\\*maths\\*\\* `(.*?)`", Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /// The functions that are documented where they stand: draws, and the ways to spike.
  private static final List<String> ELSEWHERE =
      List.of(
          "bernoulli",
          "binomial",
          "exponential",
          "gamma",
          "lognormal",
          "normal",
          "poisson",
          "uniform");

  private static final List<String> REFUSED_FUNCTIONS = List.of("accuracy_of");

  private static final Pattern LEXED =
      Pattern.compile("^[A-Z_]+ *: '([a-z_]+)' *;", Pattern.MULTILINE);

  static List<SourceFile> programs() throws IOException {
    List<SourceFile> programs = new ArrayList<>();
    String page = Files.readString(PAGE);
    var blocks = PROGRAM.matcher(page);
    while (blocks.find()) {
      long line = 1 + page.substring(0, blocks.start()).lines().count();
      programs.add(new SourceFile("language.md:" + line, blocks.group(1)));
    }
    return programs;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramOfThePageIsRight(SourceFile program) {
    var found = new Diagnostics();
    Compiler.check(program, Programs.standardLibrary(), NoTables.NONE, found);
    var errors = found.sorted().stream().filter(d -> d.severity() == Severity.ERROR).toList();
    assertEquals("", new TextRenderer(Palette.PLAIN).render(errors));
  }

  @Test
  void everyWordIsShown() throws IOException {
    var shown = new StringBuilder();
    var blocks = BLOCK.matcher(Files.readString(PAGE));
    while (blocks.find()) {
      shown.append(blocks.group(1).replaceAll("//.*", "")).append('\n');
    }
    String lexer = Files.readString(Path.of("../grammar/src/main/antlr4/snel/grammar/SnnLexer.g4"));
    var words = LEXED.matcher(lexer);
    List<String> missing = new ArrayList<>();
    int count = 0;
    while (words.find()) {
      count++;
      String word = words.group(1);
      boolean found =
          Pattern.compile("(?<![a-z_A-Z])" + word + "(?![a-z_A-Z])").matcher(shown).find();
      if (!found && !REFUSED.contains(word) && !word.equals("while")) {
        missing.add(word);
      }
    }
    assertTrue(count > 90, "only " + count + " words were found in the grammar");
    assertEquals(List.of(), missing);
  }

  private static Set<String> words(String text) {
    return CODE.matcher(text)
        .results()
        .flatMap(code -> Stream.of(code.group(1).split("\\W+")))
        .collect(Collectors.toSet());
  }

  @Test
  void everyFunctionIsListed() throws IOException {
    String page = Files.readString(PAGE);
    Matcher section = FUNCTIONS.matcher(page);
    assertTrue(section.find());
    Set<String> listed = words(section.group(1));
    Set<String> anywhere = words(page);
    List<String> missing =
        LibraryFunctions.names().stream()
            .filter(name -> !(ELSEWHERE.contains(name) ? anywhere : listed).contains(name))
            .filter(name -> !REFUSED_FUNCTIONS.contains(name))
            .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void everyFunctionOfMathematicsIsKnown() throws IOException {
    Matcher maths = MATHS.matcher(Files.readString(PAGE));
    assertTrue(maths.find());
    List<String> unknown =
        Stream.of(maths.group(1).split(" "))
            .filter(name -> !LibraryFunctions.names().contains(name))
            .toList();
    assertEquals(List.of(), unknown);
  }
}
