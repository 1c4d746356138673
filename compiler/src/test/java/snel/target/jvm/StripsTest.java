package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.compiler.Compiler;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.runtime.kernel.Network;
import snel.source.SourceFile;
import snel.testing.Folder;
import snel.testing.NoTables;

/// Cells whose equations fill several loops.
class StripsTest {
  private static Program program(String numerics, int cells) {
    String text =
        """
        import std.neurons.TraubMiles
        network Net { population E : TraubMiles[%d](v: normal(-65 mV, 5 mV), g_exc: normal(40 nS, 15 nS, min: 0 nS)) }
        experiment e on Net { step 0.1 ms; seed 7; numerics %s
          record E.v
          run 5 ms
        }
        """
            .formatted(cells, numerics);
    var diagnostics = new Diagnostics();
    return Compiler.open(
            new SourceFile("test.snn", text),
            Folder.loader(Path.of("../stdlib/src/main/resources")),
            NoTables.NONE,
            diagnostics)
        .experiment("e", Options.NONE, diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()))
        .program();
  }

  private static Optional<Integer> strip(Program program, int bits) {
    Stmt.Loop integrate =
        program.step().stream()
            .filter(kernel -> kernel.name().equals("E:integrate"))
            .flatMap(kernel -> kernel.body().stream())
            .map(Stmt.Loop.class::cast)
            .findFirst()
            .orElseThrow();
    VectorPlan plan = VectorPlan.of(integrate, "test", bits).orElseThrow();
    assertTrue(plan.parts().size() >= 3, plan.parts().size() + " parts");
    return Strips.of(plan.parts().stream().map(VectorPlan.Part::loop).toList(), bits);
  }

  private static List<Long> hashes(Program program, JvmTarget.Code code) {
    Network network = new JvmTarget(code).build(program);
    network.run(20);
    long early = network.stateHash();
    network.run(30);
    return List.of(early, network.stateHash());
  }

  @Test
  void giveTheSameBits() {
    Program program = program("f32", 333);
    assertEquals(Optional.of(128), strip(program, 512));
    assertEquals(hashes(program, JvmTarget.Code.SCALAR), hashes(program, JvmTarget.Code.VECTOR));
  }

  @Test
  void areMadeWhereTheyPay() {
    assertEquals(Optional.empty(), strip(program("f64", 333), 512));
    assertEquals(Optional.empty(), strip(program("f32", 333), 256));
    assertEquals(Optional.of(128), strip(program("f32", 33_333), 256));
  }
}
