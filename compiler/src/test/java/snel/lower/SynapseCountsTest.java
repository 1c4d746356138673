package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.diagnostics.Diagnostics;
import snel.ir.Build;
import snel.ir.Program;
import snel.ir.Wiring;

/// What `plan` says of the number of synapses, and what room is asked for, before they are made.
class SynapseCountsTest {
  private static final String TEXT =
      """
      neuron Cell {
        param kind = 0
        state v : real = 0
        receive b(w : real) { v += w }
        spike when v > 1
        reset { v = 0 }
      }
      network Net {
        population A : Cell[50](kind: mod(self.index, 3))
        population B : Cell[50]
        population maps : Cell[2, 6, 6]
        population more : Cell[4, 6, 6]
        population small : Cell[2, 3, 3]
        population wide : Cell[2, 13, 13]
        connect %s as c  %s  weight uniform(0, 1)
      }
      """;

  private static Program program(String text) {
    var diagnostics = new Diagnostics();
    return Objects.requireNonNull(
        Machine.compile(text, "Net", Machine.Options.F32, diagnostics),
        () -> Machine.said(diagnostics));
  }

  private static Wiring wiring(Program program) {
    return program.build().stream()
        .filter(Build.Wire.class::isInstance)
        .map(build -> ((Build.Wire) build).wiring())
        .findFirst()
        .orElseThrow();
  }

  /// Counted by hand, foretold, and made.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A -> B.b | all where pre.index < 5 | 250
          A -> A.b | all where abs(pre.index - post.index) == 1 | 98
          A -> A.b | all where pre != post and pre.index < 5 | 245
          A -> A[0 .. 9].b | all where pre != post and post.index < 20 | 490
          A -> B.b | all where pre.kind == 1 or post.index == 0 and pre.kind == 2 | 866
          A -> B.b | all where not distance(pre, post) > 2 | 244
          A -> B.b | bernoulli(if pre.index < 5 then 1 else 0) | 250
          maps -> maps.b | all where pre.position[1] == post.position[1] | 864
          maps -> more.b | conv([3, 3], padding: 1) | 2048
          maps -> more.b | window([3, 3], padding: 1) | 2048
          maps -> small.b | conv([2, 2], stride: 2) | 144
          maps -> wide.b | conv([3, 3], stride: 2, transposed: true) | 1296
          """)
  void deterministicRules(String ends, String rule, int count) {
    String text = TEXT.formatted(ends, rule);
    Wiring wiring = wiring(program(text));
    assertEquals(count, wiring.expected());
    Machine machine = Machine.of(text, "Net", Machine.Options.F32);
    assertEquals(count, machine.element("c.synapses.row_start", wiring.sources()));
  }

  /// Half of the pairs that are allowed, on the average.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A -> B.b | bernoulli(0.5) where pre.index < 5 | 125
          A -> A.b | bernoulli(0.5) where pre != post | 1225
          """)
  void chances(String ends, String rule, double mean) {
    assertEquals(mean, wiring(program(TEXT.formatted(ends, rule))).expected(), 1e-9);
  }

  /// Rows stand for all where there are 3.6 billion pairs; 119,998 are joined.
  @Test
  void ofMoreSomeRowsAreCounted() {
    String text =
        TEXT.formatted("A -> A.b", "all where abs(pre.index - post.index) == 1")
            .replace("Cell[50](kind: mod(self.index, 3))", "Cell[60000]");
    assertEquals(119_998, wiring(program(text)).expected(), 400);
  }
}
