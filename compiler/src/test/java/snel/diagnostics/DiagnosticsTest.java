package snel.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.source.SourceFile;
import snel.source.Span;

class DiagnosticsTest {
  private final SourceFile file = new SourceFile("a.snn", "abcdefghij");

  private Diagnostic at(int start, Code code) {
    return Diagnostic.of(code, "m", new Span(file, start, start + 1));
  }

  @Test
  void sortsByPlaceAndDropsRepetitions() {
    var diagnostics = new Diagnostics();
    diagnostics.report(at(5, Code.UNKNOWN_NAME));
    diagnostics.report(at(2, Code.NEVER_READ));
    assertTrue(diagnostics.hasErrors());
    diagnostics.report(at(5, Code.UNKNOWN_NAME));
    diagnostics.report(at(5, Code.UNKNOWN_TYPE));
    assertEquals(
        List.of(Code.NEVER_READ, Code.UNKNOWN_NAME, Code.UNKNOWN_TYPE),
        diagnostics.sorted().stream().map(Diagnostic::code).toList());
  }

  @Test
  void saysOneCauseOnce() {
    var diagnostics = new Diagnostics();
    diagnostics.reportOnce("tua", at(5, Code.UNKNOWN_NAME));
    diagnostics.reportOnce("tua", at(1, Code.UNKNOWN_NAME));
    diagnostics.reportOnce("tub", at(3, Code.UNKNOWN_NAME));
    assertEquals(2, diagnostics.sorted().size());
    assertEquals(2, diagnostics.count(Severity.ERROR));
  }

  @Test
  void warningsAreNoErrors() {
    var diagnostics = new Diagnostics();
    diagnostics.report(at(0, Code.NEVER_READ));
    assertFalse(diagnostics.hasErrors());
  }

  @Test
  void codesAreNumberedOnceAndInOrder() {
    var ids = Arrays.stream(Code.values()).map(Code::id).toList();
    assertEquals(ids.size(), ids.stream().distinct().count());
    for (Code code : Code.values()) {
      assertTrue(code.id().matches("[EW]0\\d{3}"), code.id());
      assertEquals(Optional.of(code), Code.byId(code.id()));
      assertEquals(code.id().startsWith("W08"), code.severity() == Severity.WARNING);
    }
    assertEquals(
        ids.stream().map(id -> id.substring(1)).sorted().toList(),
        ids.stream().map(id -> id.substring(1)).toList());
    assertEquals("unlike-comparison", Code.UNLIKE_COMPARISON.kebab());
  }

  @Test
  void findsTheNameThatWasMeant() {
    var names = List.of("tau", "tau_m", "V_th", "v", "excitatory", "exc");
    assertEquals(Optional.of("tau"), Nearest.to("tua", names));
    assertEquals(Optional.of("tau_m"), Nearest.to("tau_n", names));
    assertEquals(Optional.of("V_th"), Nearest.to("v_TH", names));
    assertEquals(Optional.of("v"), Nearest.to("V", names));
    assertEquals(Optional.of("excitatory"), Nearest.to("exitatory", names));
    assertEquals(Optional.empty(), Nearest.to("w", names));
    assertEquals(Optional.empty(), Nearest.to("inhibitory", names));
    assertEquals("; did you mean `tau`?", Nearest.hint("taw", names));
    assertEquals(Optional.of("Lif"), Nearest.to("LIF", List.of("Eif", "Lif")));
    assertEquals(
        Optional.of("g_i"), Nearest.to("g_x", List.of("g_e", "g_i"), name -> name.equals("g_i")));
  }

  @Test
  void listsNamesInProse() {
    assertEquals("`a`, `b` and `c`", Prose.codes(List.of("a", "b", "c")));
    assertEquals("a or b", Prose.listed(List.of("a", "b"), "or"));
    assertEquals("1 error", Prose.counted(1, "error"));
    assertEquals("an integer", Prose.withArticle("integer"));
  }
}
