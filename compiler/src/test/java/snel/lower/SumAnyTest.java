package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.diagnostics.Diagnostics;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;

/// `sum any` leaves the order of a sum open (semantics.md §3): these targets add in order, and the
/// plan says that the program no longer promises its bits. The plan names every class of arrivals.
class SumAnyTest {
  private static String text(String ofPort, String ofSynapse) {
    return """
    neuron Sum { state total : real = 0; receive syn(w : real) %s { total += w } }
    synapse Learns { weight w : real; %s; on pre { deliver w; w += 0.1 } }
    network Net {
      input train : spikes[3]
      population cell : Sum[2]
      connect train -> cell.syn as first   all  weight 0.1
      connect train -> cell.syn as second  all  weight 0.1 + pre.index
      connect train -> cell.syn as third   all  weight 0.1 + pre.index  delay 0.1 ms  synapse Learns
    }
    """
        .formatted(ofPort, ofSynapse);
  }

  private static List<String> told(String text, String projection) {
    var diagnostics = new Diagnostics();
    var network = Machine.elaborate(text, "Net", Machine.Options.F32, diagnostics);
    assertEquals("", Machine.said(diagnostics));
    return Lowering.explain(Objects.requireNonNull(network), Needs.NONE).parts().stream()
        .filter(p -> p.title().startsWith("projection " + projection + " "))
        .findFirst()
        .orElseThrow()
        .decisions();
  }

  private static boolean isStat(String text, String projection) {
    return told(text, projection).stream().anyMatch(d -> d.contains("stat, not bit"));
  }

  @Test
  void thePlanSaysThatBitsAreNotPromised() {
    String plain = text("", "trace x of pre tau 1 ms");
    String port = text("sum any", "trace x of pre tau 1 ms");
    String synapse = text("", "sum any");
    for (String projection : List.of("first", "second", "third")) {
      assertFalse(isStat(plain, projection));
      assertTrue(isStat(port, projection));
      assertEquals(projection.equals("third"), isStat(synapse, projection));
    }
  }

  @Test
  void thePlanNamesTheClasses() {
    String text = text("", "sum any");
    String[] classes = {"(class i)", "(class ii)", "(class iii)"};
    List<String> names = List.of("first", "second", "third");
    for (int k = 0; k < 3; k++) {
      String wanted = classes[k];
      assertTrue(told(text, names.get(k)).stream().anyMatch(d -> d.endsWith(wanted)));
    }
  }

  @Test
  void theSumIsMadeInOrder(@TempDir Path folder) {
    Machine plain = Machine.of(text("", "trace x of pre tau 1 ms"), "Net", Machine.Options.F32);
    Machine any = Machine.of(text("sum any", "sum any"), "Net", Machine.Options.F32);
    for (Machine machine : List.of(plain, any)) {
      machine.spikes("train", 0, 1, 2).spikes("train", 1, 1, 3).spikes("train", 2, 1).runTo(6);
    }
    assertEquals(plain.bits("cell.total", 0), any.bits("cell.total", 0));
    new BothTargets(folder).sameStates(any.program, 6);
  }

  /// What walks over the spikes is told that the order is open, and counts of spikes are not.
  @Test
  void theKernelLeavesTheOrderOpen() {
    assertFalse(kernels(text("", "trace x of pre tau 1 ms")).contains("open "));
    String any = kernels(text("sum any", "trace x of pre tau 1 ms"));
    assertTrue(any.contains("open "));
    assertEquals(any, ProgramPrinter.print(ProgramReader.read(any)));
  }

  private static String kernels(String text) {
    return ProgramPrinter.print(Machine.of(text, "Net", Machine.Options.F32).program);
  }
}
