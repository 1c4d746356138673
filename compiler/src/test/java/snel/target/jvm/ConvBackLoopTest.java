package snel.target.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import snel.ir.Stmt;
import snel.runtime.kernel.ConvBack;
import snel.testing.Programs;

class ConvBackLoopTest {

  private static final String PROGRAM =
      """
      import std.neurons.unit.{Lif, Leaky}
      neuron Source { input r : frequency; spike at poisson(r) }
      network Net {
        input gain : real
        population x : Source[70](r: gain * 300 Hz)
        population p : Lif[%1$d, 6, 7]
        population h : Lif[16, %3$d, %4$d]
        population y : Leaky[3]
        connect x -> p as a  all             weight uniform(0, 0.2)  instant
        connect p -> h as r  conv([3, 4]%2$s)  weight uniform(-0.2, 0.5)  instant
        connect h -> y as c  all             weight uniform(-0.4, 0.4)  instant
      }
      experiment e on Net {
        step 1 ms; seed 3
        train by bptt() with adam(1e-2)
        reset all
        present gain = 1 for 25 ms
        minimise cross_entropy(max_over_time(y.v), 1)
      }
      """;

  private static Optional<ConvBack.Shape> shape(String program) {
    return Programs.compiled(program).program().scheduled().stream()
        .filter(kernel -> kernel.name().equals("gradient:back:r:pre"))
        .flatMap(kernel -> kernel.body().stream())
        .flatMap(stmt ->
            stmt instanceof Stmt.Loop loop
                ? ConvBackLoop.suited(loop).stream()
                : List.<ConvBackLoop>of().stream())
        .map(ConvBackLoop::shape)
        .findFirst();
  }

  @Test
  void whatComesBackThroughAKernelIsOne() {
    assertEquals(
        Optional.of(new ConvBack.Shape(16, 6, 7, 16, 4, 4, 3, 4, 0, 0, 6, 7)),
        shape(PROGRAM.formatted(16, "", 4, 4)));
  }

  @Test
  void sourcesMayHaveZerosAround() {
    assertEquals(
        Optional.of(new ConvBack.Shape(16, 6, 7, 16, 8, 8, 3, 4, 2, 2, 10, 11)),
        shape(PROGRAM.formatted(16, ", padding: 2", 8, 8)));
  }

  @Test
  void strideAndFewChannelsAreLeftToOthers() {
    assertEquals(Optional.empty(), shape(PROGRAM.formatted(16, ", stride: 2", 2, 2)));
    assertEquals(Optional.empty(), shape(PROGRAM.formatted(3, "", 4, 4)));
  }
}
