package snel.diagnostics.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.SourceFile;
import snel.source.Span;

class TextRendererTest {
  private final TextRenderer plain = new TextRenderer(Palette.PLAIN);

  private static Span of(SourceFile file, String what) {
    int at = file.text().indexOf(what);
    return new Span(file, at, at + what.length());
  }

  @Test
  void printsTheExampleOfTheLanguageReference() {
    var file =
        new SourceFile(
            "lif.snn",
            "\n".repeat(5)
                + "  state v : voltage = E_L"
                + "\n".repeat(8)
                + "  spike when v > 20\n");
    var diagnostic =
        Diagnostic.of(
                Code.UNLIKE_COMPARISON,
                "cannot compare a voltage with a plain number",
                of(file, "20"),
                "this is a plain number")
            .label(new Span(file, 13, 14), "`v` is a voltage")
            .fix("write `20 mV`", of(file, "20"), "20 mV");
    assertEquals(
        """
        error[E0204]: cannot compare a voltage with a plain number
          --> lif.snn:14:18
           |
         6 |   state v : voltage = E_L
           |         - `v` is a voltage
        14 |   spike when v > 20
           |                  ^^ this is a plain number
           = help: write `20 mV`
        """,
        plain.render(diagnostic));
  }

  @Test
  void hangsTheTextsOfSeveralLabelsOnOneLine() {
    var file = new SourceFile("a.snn", "let x = voltage + current\n");
    var diagnostic =
        Diagnostic.of(Code.UNLIKE_OPERANDS, "cannot add", of(file, "+"), "added here")
            .label(of(file, "voltage"), "this is a voltage")
            .label(of(file, "current"), "this is a current");
    assertEquals(
        """
        error[E0201]: cannot add
         --> a.snn:1:17
          |
        1 | let x = voltage + current
          |         ------- ^ ------- this is a current
          |         |       |
          |         |       added here
          |         |
          |         this is a voltage
        """,
        plain.render(diagnostic));
  }

  @Test
  void drawsLabelsOverSeveralLinesAsBrackets() {
    var file =
        new SourceFile(
            "a.snn", "network N {\n  one\n  two\n  three\n  four\n  five\n}\nrest { a\n b }\n");
    var diagnostic =
        Diagnostic.of(Code.DECLARED_TWICE, "twice", of(file, "{ a\n b }"), "here")
            .label(of(file, file.text().substring(0, file.text().indexOf("}") + 1)), "there");
    assertEquals(
        """
        error[E0109]: twice
         --> a.snn:8:6
          |
        1 |   / network N {
        ...
        7 |   | }
          |   |_- there
        8 |     rest { a
          |  ________^
        9 | |    b }
          | |______^ here
        """,
        plain.render(diagnostic));
  }

  @Test
  void countsWideCharactersTabsAndMarksAsTheyAreShown() {
    var file = new SourceFile("a.snn", "\t\"漢字e\u0301\" tau 5\n");
    var diagnostic = Diagnostic.of(Code.UNEXPECTED_TEXT, "unexpected", of(file, "tau"), "here");
    assertEquals(
        """
        error[E0101]: unexpected
         --> a.snn:1:9
          |
        1 |     "漢字e\u0301" tau 5
          |             ^^^ here
        """,
        plain.render(diagnostic));
  }

  @Test
  void pointsBehindTheEndOfALineAndOfTheFile() {
    var file = new SourceFile("a.snn", "v' = (E_L - v) /\nspike");
    var atBreak = Diagnostic.of(Code.UNFINISHED, "unfinished", new Span(file, 16, 17), "a value");
    assertEquals(
        """
        error[E0104]: unfinished
         --> a.snn:1:17
          |
        1 | v' = (E_L - v) /
          |                 ^ a value
        """,
        plain.render(atBreak));
    var atEnd = Diagnostic.of(Code.UNFINISHED, "unfinished", new Span(file, 22, 22), "the end");
    assertEquals(
        """
        error[E0104]: unfinished
         --> a.snn:2:6
          |
        2 | spike
          |      ^ the end
        """,
        plain.render(atEnd));
  }

  @Test
  void showsLabelsOfOtherFilesBelow() {
    var here = new SourceFile("main.snn", "import lab.E\n");
    var there = new SourceFile("lab.snn", "\n\nneuron E {}\n");
    var diagnostic =
        Diagnostic.of(Code.DECLARED_TWICE, "`E` is already declared", of(here, "E"), "again")
            .label(of(there, "E"), "first here")
            .note("one name, one thing,\nin every scope");
    assertEquals(
        """
        error[E0109]: `E` is already declared
         --> main.snn:1:12
          |
        1 | import lab.E
          |            ^ again
         ::: lab.snn:3:8
          |
        3 | neuron E {}
          |        - first here
          = note: one name, one thing,
                  in every scope
        """,
        plain.render(diagnostic));
  }

  @Test
  void cutsVeryLongLinesAroundTheFault() {
    var file = new SourceFile("a.snn", "x + ".repeat(5000) + "tua" + " + x".repeat(5000));
    var diagnostic = Diagnostic.of(Code.UNKNOWN_NAME, "unknown name", of(file, "tua"), "here");
    String[] rows = plain.render(diagnostic).split("\n");
    assertEquals(5, rows.length);
    assertEquals("tua", rows[3].substring(rows[4].indexOf('^'), rows[4].lastIndexOf('^') + 1));
  }

  @Test
  void namesAFileWithoutText() {
    var file = new SourceFile("weights.npy", "");
    var diagnostic = Diagnostic.of(Code.FILE_MISSING, "no file", new Span(file, 0, 0));
    assertEquals("error[E0901]: no file\n --> weights.npy\n", plain.render(diagnostic));
  }

  @Test
  void coloursOnlyWhenAsked() {
    var file = new SourceFile("a.snn", "let x = 1\n");
    var diagnostic = Diagnostic.of(Code.NEVER_READ, "nothing reads `x`", of(file, "x"), "here");
    String coloured = new TextRenderer(Palette.ANSI).render(diagnostic);
    assertEquals(
        "\u001b[1;33mwarning[W0801]\u001b[0m",
        coloured.substring(0, coloured.indexOf("\u001b[1m")));
    assertEquals(plain.render(diagnostic), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void sumsUp() {
    var file = new SourceFile("a.snn", "let x = 1\n");
    var warning = Diagnostic.of(Code.NEVER_READ, "w", of(file, "x"));
    var error = Diagnostic.of(Code.UNKNOWN_NAME, "e", of(file, "x"));
    assertEquals("2 errors, 1 warning", plain.summary(List.of(error, warning, error)));
    assertEquals("", plain.summary(List.of()));
  }
}
