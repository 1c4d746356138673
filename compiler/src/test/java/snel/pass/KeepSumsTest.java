package snel.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.verify.ProgramVerifier;
import snel.lower.Lowering;
import snel.resolve.Loader;
import snel.runtime.kernel.Network;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;
import snel.testing.NoTables;

/// Sums over inputs are kept while the inputs are, and no longer.
class KeepSumsTest {
  private static final String TEXT =
      """
      neuron Rank {
        input value : real
        let stronger = sum(peers.value > value)
        spike at stronger * dt
      }
      neuron Moving {
        state v : real = uniform(0, 1)
        state s : real = 0
        v' = -v / 10 ms
        every dt { s = sum(max(peers.v - v, 0)) }
      }
      network Net {
        population A : Rank[17]
        population B : Moving[5]
      }
      experiment e on Net { step 0.1 ms; seed 3; present A.value = 1 for 2 ms; report A.count, B.s }
      """;

  private static Program lowered() {
    var diagnostics = new Diagnostics();
    Optional<Compiled> compiled =
        Objects.requireNonNull(
                Compiler.open(
                    new SourceFile("ranks.snn", TEXT), Loader.NONE, NoTables.NONE, diagnostics))
            .experiment("e", Options.NONE, diagnostics);
    Compiled one = compiled.orElseThrow(() -> new AssertionError(diagnostics.sorted()));
    Program program = Lowering.lower(one.network(), one.needs());
    return new HoistSums().apply(new FoldConstants().apply(new NameLocals().apply(program)));
  }

  @Test
  void onlySumsOverInputsAreKept() {
    Program after = new KeepSums().apply(lowered());
    ProgramVerifier.verify(after);
    String text = ProgramPrinter.print(after);
    assertTrue(text.contains("A:source.kept"), text);
    assertFalse(text.contains("B:every0.kept"), text);
  }

  @Test
  void aChangedInputIsAddedUpAgain() {
    Program before = lowered();
    Program after = new KeepSums().apply(before);
    for (JvmTarget.Code code : List.of(JvmTarget.Code.SCALAR, JvmTarget.Code.VECTOR)) {
      Network plain = new JvmTarget(code).build(before);
      Network kept = new JvmTarget(code).build(after);
      Random dice = new Random(5);
      for (int step = 0; step < 200; step++) {
        if (step % 7 == 3) {
          for (int k = 0; k < 17; k++) {
            float value = dice.nextInt(40);
            ((float[]) plain.array("A.value"))[k] = value;
            ((float[]) kept.array("A.value"))[k] = value;
          }
        }
        plain.run(1);
        kept.run(1);
        assertEquals(plain.stateHash(), kept.stateHash(), "step " + step);
        assertArrayEquals((int[]) plain.array("A.count"), (int[]) kept.array("A.count"));
        assertArrayEquals(
            ranks((float[]) plain.array("A.value")), (long[]) kept.array("A:source.kept"));
      }
    }
  }

  private static long[] ranks(float[] values) {
    long[] ranks = new long[values.length];
    for (int k = 0; k < values.length; k++) {
      for (float other : values) {
        ranks[k] += other > values[k] ? 1 : 0;
      }
    }
    return ranks;
  }
}
