package snel.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Severity;
import snel.source.SourceFile;

/// A network's `if` makes one of its branches: both may declare the same names, and no third may.
class BranchNamesTest {
  private static List<Code> faults(String items) {
    String text =
        """
        neuron Cell {
          state v : real = 0
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
        }
        network Net {
          param small = true
          input train : spikes[2]
          %s
          connect train -> b.syn  all  weight extra
        }
        """
            .formatted(items);
    return Programs.check(new SourceFile("test.snn", text)).stream()
        .filter(d -> d.severity() == Severity.ERROR)
        .map(Diagnostic::code)
        .toList();
  }

  @Test
  void bothBranchesMayDeclareAName() {
    assertEquals(
        List.of(),
        faults(
            """
            if small {
              let extra = 2
              population b : Cell[3]
              connect train -> b.syn as p  all  weight 1
            } else {
              let extra = 5
              population b : Cell[30]
              connect train -> b.syn as p  all  weight 2
            }
            """));
    assertEquals(
        List.of(),
        faults(
            """
            let extra = 1
            if small { population b : Cell[3] } else if small { population b : Cell[4] }
            else { population b : Cell[30] }
            """));
  }

  @Test
  void whatStandsBesideThemMayNot() {
    assertEquals(
        List.of(Code.DECLARED_TWICE),
        faults(
            """
            let extra = 1
            if small { population b : Cell[3] } else { population b : Cell[30] }
            population b : Cell[4]
            """));
    assertEquals(
        List.of(Code.DECLARED_TWICE),
        faults(
            """
            let extra = 1
            if small { population b : Cell[3]; population b : Cell[4] }
            """));
  }

  @Test
  void aNameOfAnotherKindIsTaken() {
    assertEquals(
        List.of(Code.DECLARED_TWICE),
        faults(
            """
            let extra = 1
            if small { population b : Cell[3] }
            else { population b : Cell[4]; population c : Cell[4]; connect train -> c.syn as b  all  weight 1 }
            """));
  }
}
