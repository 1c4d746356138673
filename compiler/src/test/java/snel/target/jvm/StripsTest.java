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
  private static Program program(String numerics) {
    String text =
        """
        import std.neurons.TraubMiles
        network Net { population E : TraubMiles[333](v: normal(-65 mV, 5 mV), g_exc: normal(40 nS, 15 nS, min: 0 nS)) }
        experiment e on Net { step 0.1 ms; seed 7; numerics %s
          record E.v
          run 5 ms
        }
        """
            .formatted(numerics);
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

  private static Optional<Integer> strip(Program program) {
    Stmt.Loop integrate =
        program.step().stream()
            .filter(kernel -> kernel.name().equals("E:integrate"))
            .flatMap(kernel -> kernel.body().stream())
            .map(Stmt.Loop.class::cast)
            .findFirst()
            .orElseThrow();
    VectorPlan plan = VectorPlan.of(integrate, "test", 512).orElseThrow();
    assertTrue(plan.parts().size() >= 3, plan.parts().size() + " parts");
    return Strips.of(plan.parts().stream().map(VectorPlan.Part::loop).toList());
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
    Program program = program("f32");
    assertEquals(Optional.of(128), strip(program));
    assertEquals(hashes(program, JvmTarget.Code.SCALAR), hashes(program, JvmTarget.Code.VECTOR));
  }

  @Test
  void areLeftWhereTheyWouldBeShort() {
    assertEquals(Optional.empty(), strip(program("f64")));
  }
}
