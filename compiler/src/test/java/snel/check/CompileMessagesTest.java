package snel.check;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.compiler.Compiler;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.source.SourceFile;
import snel.testing.Golden;
import snel.testing.NoTables;

/// What is said of programs whose text is right and whose sizes, times and values are not.
class CompileMessagesTest {
  static List<SourceFile> programs() {
    return Golden.programs("compile");
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aFaultIsExplained(SourceFile program) {
    var diagnostics = new Diagnostics();
    Compiler.check(program, Programs.standardLibrary(), NoTables.NONE, diagnostics);
    assertFalse(diagnostics.isEmpty());
    String text = new TextRenderer(Palette.PLAIN).render(diagnostics.sorted());
    Golden.check("compile", program.name().replace(".snn", ".txt"), text);
  }
}
