package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import snel.diagnostics.Diagnostics;
import snel.ir.Nodes;
import snel.ir.Program;

/// `let`s each of which stands twice in the next: written out they would double with each, so that
/// neither the compiler nor a kernel would come to an end.
@Timeout(120)
class LetChainsTest {
  private static final String[] VALUES = {"cell.v", "cell.u", "cell.g", "p.w", "p.e"};

  /// Each `let` has the value of the one before, to the bit: `0.5 * (x + x)` does not round.
  private static String chain(String name, String first, int depth) {
    var lets = new StringBuilder("let %s0 = %s\n".formatted(name, first));
    for (int k = 1; k <= depth; k++) {
      String before = name + (k - 1);
      lets.append("let %s%d = 0.5 * (%s + %s)\n".formatted(name, k, before, before));
    }
    return lets.toString();
  }

  private static String program(int depth) {
    return """
    neuron Cell {
      param rate = 1
      state v : real = 0.25 * self.index
      state u : real = 0.1
      state g : real = 0
      %s
      %s
      %s
      receive syn(w : real) { g += w + 0.01 * sqrt(a# * a# + 1) }
      g' = -g / 5 ms + 0.001 * c# / 1 ms
      v' = (1.5 - a# * a# + b#) / 10 ms
      u' = (a# * g - u * b#) / 20 ms
      spike when a# + 0.1 * b# > 0.9
      reset { v = 0.1 * a# }
      on spike {
        %s
        u = u + 0.1 * d#
      }
      every 2 ms { u = if b# > 0.5 then 0.9 * u else u + 0.01 * a# }
    }
    synapse Learns {
      weight w : real in 0 .. 2
      state e : real = 0
      trace x of pre tau 10 ms
      trace y of post tau 15 ms
      %s
      e' = -e / 5 ms + m# / 10 ms
      on pre { w += 0.02 * m# - 0.01 * y; deliver 0.1 * m# }
      on post { w += 0.01 * m# * x }
    }
    network Net {
      population cell : Cell[4](rate: 1 + 0.1 * self.index)
      connect cell -> cell.syn as p  all  weight 0.3  delay 0.3 ms  synapse Learns
    }
    """
        .formatted(
            chain("a", "v", depth),
            chain("b", "sqrt(u * u + 0.01)", depth),
            chain("c", "rate", depth),
            chain("d", "v + u", depth),
            chain("m", "w + x", depth))
        .replace("#", Integer.toString(depth));
  }

  private static Program compiled(int depth) {
    var diagnostics = new Diagnostics();
    Program program =
        Machine.compile(program(depth), "Net", Machine.Options.F32.step("0.1"), diagnostics);
    assertEquals("", Machine.said(diagnostics));
    return Objects.requireNonNull(program);
  }

  @Test
  void areWorthWhatTheyStandFor() {
    Machine deep = Machine.of(program(40), "Net", Machine.Options.F32);
    Machine flat = Machine.of(program(0), "Net", Machine.Options.F32);
    for (int step = 1; step <= 400; step++) {
      deep.runTo(step);
      flat.runTo(step);
      for (String value : VALUES) {
        for (int k = 0; k < 4; k++) {
          String place = value + "[" + k + "] after step " + step;
          assertEquals(flat.bits(value, k), deep.bits(value, k), place);
        }
      }
    }
    assertTrue(deep.value("p.w") != 0.3f, "weights that change");
  }

  @Test
  void areTheSameInC(@TempDir Path folder) {
    new BothTargets(folder).sameStates(compiled(40), 60);
  }

  @Test
  void kernelsGrowWithTheText() {
    int once = size(compiled(20));
    int thrice = size(compiled(60));
    assertTrue(thrice < 4 * once, "%d nodes of 20 lets, %d of 60".formatted(once, thrice));
  }

  private static int size(Program program) {
    return program.kernels().stream().mapToInt(kernel -> Nodes.size(kernel.body())).sum();
  }
}
