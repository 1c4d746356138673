package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import snel.compiler.MemoryNeed;
import snel.diagnostics.CompilerBug;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Program;
import snel.ir.verify.ProgramVerifier;
import snel.target.jvm.JvmTarget;
import snel.testing.Programs;

/// Multapses are numbered so that each draws its own weight; then the numbers are of no use.
class ReleaseBuildOnlyTest {
  private static final String MULTAPSES =
      """
      neuron Source { spike at poisson(1 kHz) }
      neuron Cell {
        state v : real = 0
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      network Net {
        population source : Source[10]
        population cell : Cell[20]
        connect source -> cell.syn  fixed_total(1000, multapses)  weight uniform(0, 1)  delay to_step(uniform(0.1 ms, 0.5 ms))
      }
      experiment e on Net { step 0.1 ms; seed 1; run 10 ms; report total = count(cell) }
      """;

  private static Program compiled() {
    return Programs.compiled(MULTAPSES).program();
  }

  private static List<Buffer> released(Program program) {
    return program.build().stream()
        .filter(step -> step instanceof Build.Release)
        .map(step -> ((Build.Release) step).buffer())
        .toList();
  }

  @Test
  void theNumbersOfMultapsesGoOnceTheyHaveServed() {
    Program program = compiled();
    assertTrue(released(program).stream().anyMatch(b -> b.name().endsWith(".multapse")));
    assertEquals(100, new JvmTarget().build(program).run(100));
  }

  @Test
  void whatIsGivenBackIsNotAskedForAtTheEnd() {
    Program program = compiled();
    Program keeping =
        program.with(
            program.buffers(),
            program.build().stream().filter(step -> !(step instanceof Build.Release)).toList());
    long synapses = 1000;
    assertEquals(
        MemoryNeed.bytes(keeping), MemoryNeed.bytes(program), "one projection: all at once");
    long before = new JvmTarget().build(keeping).memoryBytes();
    long after = new JvmTarget().build(program).memoryBytes();
    assertTrue(before - after >= 4 * synapses, before + " and " + after);
  }

  @Test
  void useAfterTheReleaseIsACompilersBug() {
    Program program = compiled();
    List<Build> early = new ArrayList<>();
    for (Build step : program.build()) {
      early.add(step);
      if (step instanceof Build.Wire) {
        released(program).stream()
            .filter(buffer -> buffer.name().endsWith(".multapse"))
            .forEach(buffer -> early.add(new Build.Release(buffer)));
      }
    }
    Program wrong = program.with(program.buffers(), early);
    assertThrows(CompilerBug.class, () -> ProgramVerifier.verify(wrong));
  }
}
