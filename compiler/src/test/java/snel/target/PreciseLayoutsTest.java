package snel.target;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.Options;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.ir.Buffer;
import snel.ir.Program;
import snel.lower.Lowering;
import snel.lower.Resources;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;
import snel.testing.NoTables;

/// How rows are stored and loops run changes nothing of what spikes within their steps do.
class PreciseLayoutsTest {
  private static final String NET =
      """
      neuron Cell {
        state v : real = uniform(0, 14)
        state g : real = 0
        v' = (20 + g - v) / 10 ms
        g' = -g / 4 ms
        receive syn(w : real) { g += w }
        receive inh(w : real) { g -= w }
        spike when v > 15
        reset { v = 0 }
        refractory 1 ms holding v
      }
      network Net {
        population E : Cell[90]
        connect E -> E.syn           bernoulli(20 %)  weight 0.2  DELAY
        connect E -> E.inh           fixed_indegree(9)  weight uniform(0, 1)  delay 0.8 ms
        connect E[10 ..< 60] -> E.inh  fixed_outdegree(12, multapses)  weight 0.1  delay 0.8 ms
      }
      experiment e on Net { step 0.1 ms; seed 4; numerics f64; spike times precise; run 30 ms }
      """;

  private static Compiled compiled(String delay) {
    var diagnostics = new Diagnostics();
    var source = new SourceFile("net.snn", NET.replace("DELAY", delay));
    var program = Compiler.open(source, Loader.NONE, NoTables.NONE, diagnostics);
    var options = Options.NONE;
    return program.experiment("e", options, diagnostics).orElseThrow();
  }

  private static Program laidOut(Compiled compiled, Resources.Rows rows) {
    var resources = new Resources(OptionalLong.empty(), rows);
    Set<String> all =
        Lowering.lower(compiled.network(), compiled.needs(), resources).buffers().stream()
            .map(Buffer::name)
            .collect(Collectors.toSet());
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)
        .run(compiled.network(), compiled.needs(), resources, all);
  }

  private static boolean hasTargets(Program program) {
    return program.buffers().stream().anyMatch(b -> b.name().equals("E->E.syn.synapses.target"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "delay 0.8 ms"})
  void rowsThatAreDrawnAgainAreTheSame(String delay) {
    Compiled compiled = compiled(delay);
    Program stored = laidOut(compiled, Resources.Rows.STORED);
    Program drawn = laidOut(compiled, Resources.Rows.REGENERATED);
    assertTrue(hasTargets(stored));
    assertFalse(hasTargets(drawn));
    var expected = new JvmTarget(JvmTarget.Code.SCALAR).build(stored);
    expected.run(300);
    for (JvmTarget.Code code : JvmTarget.Code.values()) {
      var found = new JvmTarget(code).build(drawn);
      found.run(300);
      for (String name : new String[] {"E.v", "E.g", "E.spikes.early"}) {
        assertArrayEquals((double[]) expected.array(name), (double[]) found.array(name), name);
      }
      for (String path : new String[] {"E->E.syn", "E->E.inh"}) {
        String name = path + ".synapses.delivered";
        long delivered = ((long[]) expected.array(name))[0];
        assertTrue(delivered > 1_000, () -> name + " " + delivered);
        assertEquals(delivered, ((long[]) found.array(name))[0], name);
      }
    }
  }

  @Test
  void drawnDelaysAreStored() {
    Compiled compiled = compiled("delay to_step(uniform(0 ms, 2 ms))");
    var expected = new JvmTarget().build(laidOut(compiled, Resources.Rows.STORED));
    var found = new JvmTarget().build(laidOut(compiled, Resources.Rows.REGENERATED));
    expected.run(300);
    found.run(300);
    assertArrayEquals((double[]) expected.array("E.v"), (double[]) found.array("E.v"));
  }
}
