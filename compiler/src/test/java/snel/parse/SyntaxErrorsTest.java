package snel.parse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.source.SourceFile;
import snel.testing.Golden;

class SyntaxErrorsTest {
  static List<SourceFile> programs() {
    return Golden.programs("syntax");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aFaultIsExplained(SourceFile program) {
    Diagnostics diagnostics = new Diagnostics();
    Parser.parse(program, diagnostics);
    assertTrue(diagnostics.hasErrors());
    String text = new TextRenderer(Palette.PLAIN).render(diagnostics.sorted());
    Golden.check("syntax", program.name().replace(".snn", ".txt"), text);
  }
}
