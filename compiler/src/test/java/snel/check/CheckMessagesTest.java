package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.render.Palette;
import snel.diagnostics.render.TextRenderer;
import snel.source.SourceFile;
import snel.testing.Golden;

/// What is said of programs that are wrong. Those named `prior_art_*` are the mistakes with which
/// other systems were tried.
class CheckMessagesTest {
  static List<SourceFile> programs() {
    return Golden.programs("check");
  }

  @Test
  void everyMistakeOfThePriorArtIsThere() {
    long count =
        programs().stream().filter(program -> program.name().startsWith("prior_art_")).count();
    assertEquals(12, count);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aFaultIsExplained(SourceFile program) {
    List<Diagnostic> diagnostics = Programs.check(program);
    assertFalse(diagnostics.isEmpty());
    String text = new TextRenderer(Palette.PLAIN).render(diagnostics);
    Golden.check("check", program.name().replace(".snn", ".txt"), text);
  }
}
