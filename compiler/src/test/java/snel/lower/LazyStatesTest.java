package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// States of synapses that decay between the handlers which touch them (semantics.md §5): `e exp(-k
/// c)`, with k steps since the last touch. What an `every` reads decays once a step; recording
/// reads and does not touch.
class LazyStatesTest {
  private static final double C = -0.1 / 20;

  private static final String TEXT =
      """
      neuron Sum { state total : real = 0; receive syn(w : real) { total += w } }
      synapse Learns {
        weight w : real
        state e : real = 1
        state f : real = 1
        e' = -e / 20 ms
        f' = -f / 20 ms
        on pre { deliver w; e += 1; f += 1 }
        every 0.3 ms { w += %s }
        on presentation.end { f = 4 }
      }
      network Net {
        input train : spikes[2]
        population cell : Sum[2]
        connect train -> cell.syn as learn  all  weight 0  synapse Learns
      }
      """;

  private static Machine machine(String every, Set<String> assigned) {
    var needs =
        new Needs(Set.of(), Set.of(), Set.of(), Set.of(), assigned, Set.of("learn.e", "learn.f"));
    return Machine.of(TEXT.formatted(every), "Net", Machine.Options.F64.needs(needs));
  }

  @Test
  void whatIsRecordedHasDecayedAndIsNotTouched(@TempDir Path folder) {
    Machine machine = machine("1", Set.of());
    machine.spikes("train", 0, 7);
    for (int n = 1; n <= 7; n++) {
      assertEquals(StrictMath.exp(n * C), machine.runTo(n).value("learn.e"), "step " + n);
    }
    double touched = StrictMath.exp(7 * C) + 1;
    for (int n = 8; n < 30; n++) {
      machine.runTo(n);
      assertEquals(touched * StrictMath.exp((n - 7) * C), machine.value("learn.e"), "step " + n);
      assertEquals(StrictMath.exp(n * C), machine.value("learn.e", 2), "step " + n);
    }
    new BothTargets(folder).sameStates(machine.program, 20);
  }

  @Test
  void onlyWhatAnEveryNamesDecaysOnceAStep(@TempDir Path folder) {
    Machine machine = machine("f", Set.of()).runTo(30);
    assertEquals(StrictMath.exp(30 * C), machine.value("learn.e"));
    double once = StrictMath.exp(C);
    double eager = 1;
    double sum = 0;
    for (int n = 1; n <= 30; n++) {
      eager *= once;
      sum += n % 3 == 0 ? eager : 0;
    }
    assertEquals(eager, machine.value("learn.f"));
    assertNotEquals(StrictMath.exp(30 * C), machine.value("learn.f"));
    assertEquals(sum, machine.value("learn.w"), 1e-13);
    new BothTargets(folder).sameStates(machine.program, 20);
  }

  @Test
  void aHookChangesWhatIsRead() {
    Machine machine = machine("1", Set.of()).runTo(10);
    machine.program.presentationEnd().forEach(kernel -> machine.network.call(kernel.name()));
    assertEquals(4, machine.value("learn.f"));
    assertEquals(4 * StrictMath.exp(5 * C), machine.runTo(15).value("learn.f"));
  }

  /// A value that an experiment gives at step 10 decays from there on.
  @Test
  void whatAnExperimentAssignsIsUpToDate() {
    Machine machine = machine("1", Set.of("learn.e")).runTo(10);
    assertEquals(Math.exp(10 * C), machine.value("learn.e"), 1e-14);
    ((double[]) machine.network.array("learn.e"))[0] = 3;
    assertEquals(3 * Math.exp(10 * C), machine.runTo(20).value("learn.e"), 1e-14);
  }
}
