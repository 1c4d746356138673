package snel.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import snel.compiler.Compiled;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.lower.Lowering;
import snel.runtime.kernel.Network;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.Threads;
import snel.testing.Programs;

/// Programs as they are before the passes that make them faster, and the text of their kernels.
final class Lowered {
  private Lowered() {}

  /// Experiment `e` of a program, its constants folded.
  static Program of(String text) {
    Compiled one = Programs.compiled(text);
    Program program = Lowering.lower(one.network(), one.needs());
    return new FoldConstants().apply(new NameLocals().apply(program));
  }

  /// The network as scalar code, in vectors, and in vectors divided among threads.
  static List<Network> inAllWays(Program program) {
    List<Network> all = new ArrayList<>();
    all.add(new JvmTarget(JvmTarget.Code.SCALAR).build(program));
    all.add(new JvmTarget(JvmTarget.Code.VECTOR).build(program));
    for (int threads : List.of(2, 3, 8)) {
      all.add(new JvmTarget(JvmTarget.Code.VECTOR, Threads.exactly(threads)).build(program));
    }
    return all;
  }

  /// Two hundred steps of `after`, in all ways, have the bits of those of `before`.
  static void assertSameBits(Program before, Program after) {
    Network plain = new JvmTarget(JvmTarget.Code.SCALAR).build(before);
    List<Network> changed = inAllWays(after);
    for (int step = 0; step < 200; step++) {
      plain.run(1);
      for (Network network : changed) {
        network.run(1);
        assertEquals(plain.stateHash(), network.stateHash(), "step " + step);
      }
    }
  }

  static String text(Program program, String name) {
    Kernel kernel =
        program.kernels().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
    String all = ProgramPrinter.print(program);
    int begin = all.indexOf("kernel \"" + kernel.name() + "\"");
    return all.substring(begin, all.indexOf("\n  }\n", begin));
  }
}
