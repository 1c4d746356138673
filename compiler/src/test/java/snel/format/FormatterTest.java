package snel.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostics;
import snel.parse.Parser;
import snel.parse.Samples;
import snel.source.SourceFile;
import snel.syntax.File;
import snel.testing.Folder;
import snel.testing.Golden;
import snel.testing.RandomPrograms;
import snel.testing.Trees;

class FormatterTest {
  static List<SourceFile> samples() {
    return Samples.all();
  }

  static List<SourceFile> goldens() {
    return Golden.programs("format").stream()
        .filter(program -> !program.name().contains(".formatted."))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void samplesKeepTheirMeaningAndTheirComments(SourceFile sample) {
    check(sample);
  }

  @Test
  void randomProgramsKeepTheirMeaningAndTheirComments() {
    int checked = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      String program = RandomPrograms.program(1_000_000 + seed, 150);
      SourceFile source = new SourceFile("seed " + seed, program);
      Diagnostics diagnostics = new Diagnostics();
      Parser.parse(source, diagnostics);
      if (!diagnostics.hasErrors()) {
        check(source);
        checked++;
      }
    }
    assertTrue(checked > 300, checked + " programs were without fault");
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void formatsAs(SourceFile program) {
    String name = program.name().replace(".snn", ".formatted.snn");
    Golden.check("format", name, format(program));
    check(program);
  }

  /// As `snel fmt --check examples` asks.
  @Test
  void examplesAreFormatted() {
    for (Path example : Folder.below(Path.of("../examples"), ".snn")) {
      String text = Folder.read(example);
      assertEquals(text, format(new SourceFile(example.toString(), text)), example.toString());
    }
  }

  @Test
  void aProgramWithSyntaxErrorsIsReportedAndLeftAlone() {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile source = new SourceFile("bad.snn", "neuron A { state v : }");
    assertTrue(Formatter.format(source, diagnostics).isEmpty());
    assertTrue(diagnostics.hasErrors());
  }

  private static void check(SourceFile source) {
    String once = format(source);
    SourceFile formatted = new SourceFile(source.name(), once);
    assertEquals(once, format(formatted), "formatting twice, " + source.name());
    File before = parse(source);
    File after = parse(formatted);
    assertEquals(Trees.shape(before), Trees.shape(after), source.name());
    assertEquals(comments(before), comments(after), source.name());
  }

  private static List<String> comments(File file) {
    return file.comments().stream().map(c -> c.text().stripTrailing()).sorted().toList();
  }

  private static String format(SourceFile source) {
    Diagnostics diagnostics = new Diagnostics();
    String formatted = Formatter.format(source, diagnostics).orElse("");
    assertEquals(List.of(), diagnostics.sorted(), source.text());
    return formatted;
  }

  private static File parse(SourceFile source) {
    Diagnostics diagnostics = new Diagnostics();
    File file = Parser.parse(source, diagnostics);
    assertEquals(List.of(), diagnostics.sorted(), source.text());
    return file;
  }
}
