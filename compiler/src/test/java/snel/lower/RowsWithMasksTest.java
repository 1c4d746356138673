package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.compiler.MemoryNeed;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;
import snel.model.Network;
import snel.pass.MaskCost;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.Threads;

/// Masks of rows change no bit of what a network does, and are kept where they pay.
class RowsWithMasksTest {
  private static final String CELL =
      """
      neuron Cell {
        state v : real = uniform(0, 1)
        receive exc(w : real) { v += w }
        receive inh(w : real) { v -= w }
        v' = (1.05 - v) / 20 ms
        spike when v > 1
        reset { v = 0 }
        refractory 2 ms
      }
      neuron Noise { spike at poisson(300 Hz) }
      """;

  /// Rows joined and alone, in slots and without, of all densities, onto sizes that are no multiple
  /// of 64; one of several synapses a pair, which masks cannot tell.
  private static final String NET =
      CELL
          + """
          network Net {
            population X : Noise[150]
            population A : Cell[331]
            population B : Cell[190]
            population C : Cell[21]
            connect X -> A.exc as x_a  bernoulli(25 %)                  weight normal(0.02, 0.004)
            connect X -> B.exc as x_b  bernoulli(60 %)                  weight normal(0.005, 0.004)
            connect A -> A.inh as a_a  bernoulli(10 %)                  weight normal(0.01, 0.02)
            connect A -> B.exc as a_b  fixed_indegree(150)              weight uniform(0, 0.004)  delay 0.7 ms
            connect B -> A.exc as b_a  fixed_outdegree(3)               weight uniform(0, 0.01)
            connect B -> C.exc as b_c  bernoulli(90 %)                  weight uniform(0, 0.01)
            connect A -> C.inh as a_c  fixed_total(6000, multapses)     weight uniform(0, 0.01)
          }
          """;

  private static Network model(String text, Network.Numerics numerics) {
    var diagnostics = new Diagnostics();
    var options = new Machine.Options("0.1", numerics, 5, Map.of(), Needs.NONE);
    Network network = Machine.elaborate(text, "Net", options, diagnostics);
    assertEquals("", Machine.said(diagnostics));
    return Objects.requireNonNull(network);
  }

  private static Program program(Network network, Resources.Rows rows) {
    var resources = new Resources(OptionalLong.empty(), rows);
    Set<String> observed =
        Lowering.lower(network, Needs.NONE, resources).buffers().stream()
            .map(Buffer::name)
            .filter(name -> !name.matches("[abcx]_[abc][.].*"))
            .collect(Collectors.toSet());
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)
        .run(network, Needs.NONE, resources, observed);
  }

  private static List<String> masks(Program program) {
    List<String> rows = new ArrayList<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Masks made) {
        rows.add(made.rowStart().name().replace(".synapses.row_start", "") + " " + made.targets());
      }
    }
    return rows;
  }

  private static List<Long> hashes(Program program, JvmTarget target, int steps) {
    var network = target.build(program);
    program.binds().forEach(kernel -> network.call(kernel.name()));
    List<Long> hashes = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      network.run(1);
      hashes.add(network.stateHash());
    }
    return hashes;
  }

  @Test
  void theStateIsTheSameAsWithLists() {
    Network network = model(NET, Network.Numerics.F32);
    Program lists = program(network, Resources.Rows.LISTS);
    Program masks = program(network, Resources.Rows.MASKS);
    assertEquals(List.of(), masks(lists));
    List<Long> expected = hashes(lists, new JvmTarget(JvmTarget.Code.SCALAR), 300);
    assertEquals(expected, hashes(lists, new JvmTarget(JvmTarget.Code.VECTOR), 300));
    assertEquals(expected, hashes(masks, new JvmTarget(JvmTarget.Code.SCALAR), 300));
    assertEquals(expected, hashes(masks, new JvmTarget(JvmTarget.Code.VECTOR), 300));
    assertTrue(expected.stream().distinct().count() > 250);
  }

  @Test
  void rowsOfEveryKindMayHaveThem() {
    Network network = model(NET, Network.Numerics.F32);
    assertEquals(
        List.of("x_a 352", "x_b 190", "a_a+1 352", "a_b 190", "b_a+1 352"),
        masks(program(network, Resources.Rows.MASKS)));
    assertEquals(List.of(), masks(program(model(NET, Network.Numerics.F64), Resources.Rows.MASKS)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void threadsAgree(int threads) {
    Program masks = program(model(NET, Network.Numerics.F32), Resources.Rows.MASKS);
    JvmTarget divided = new JvmTarget(JvmTarget.Code.VECTOR, Threads.exactly(threads));
    assertEquals(
        hashes(masks, new JvmTarget(JvmTarget.Code.SCALAR), 200), hashes(masks, divided, 200));
  }

  @Test
  void theProgramInCDoesTheSame(@TempDir Path folder) {
    Program masks = program(model(NET, Network.Numerics.F32), Resources.Rows.MASKS);
    new BothTargets(folder).sameStates(masks, 100);
  }

  @Test
  void theProgramSaysSo() {
    Program masks = program(model(NET, Network.Numerics.F32), Resources.Rows.MASKS);
    String text = ProgramPrinter.print(masks);
    assertEquals(text, ProgramPrinter.print(ProgramReader.read(text)));
    Program lists = program(model(NET, Network.Numerics.F32), Resources.Rows.LISTS);
    long bytes = 0;
    for (Build step : masks.build()) {
      bytes += step instanceof Build.Masks made ? made.bytes() : 0;
    }
    // 6, 3, 6, 3 and 6 words a row of 150, 150, 331, 331 and 190
    assertEquals(8 * (6 * 150 + 3 * 150 + 6 * 331 + 3 * 331 + 6 * 190), bytes);
    assertTrue(MemoryNeed.bytes(masks) <= MemoryNeed.bytes(lists) + bytes);
  }

  /// Ten thousand neurons with a weight each at 20 % have masks; at 10 % they would be slower.
  @ParameterizedTest
  @CsvSource({
    "10000, 20, true",
    "10000, 10, false",
    "10000, 2, false",
    "1000, 50, true",
    "100, 50, false"
  })
  void theyAreKeptWhereTheyPay(int neurons, int percent, boolean kept) {
    String net =
        CELL
            + """
            network Net {
              population A : Cell[%d]
              connect A -> A.exc  bernoulli(%d %%)  weight uniform(0, 0.01)
            }
            """
                .formatted(neurons, percent);
    Program program = program(model(net, Network.Numerics.F32), Resources.Rows.BY_COST);
    assertEquals(kept ? 1 : 0, masks(program).size());
  }

  @Test
  void aMaskCostsByItsTargetsAndAListByItsSynapses() {
    assertFalse(MaskCost.of(10_000, 10_000, 10_000 * 300.0).pays());
    assertFalse(MaskCost.of(10_000, 10_000, 10_000 * 1_000.0).pays());
    assertTrue(MaskCost.of(10_000, 10_000, 10_000 * 2_000.0).pays());
    assertTrue(MaskCost.of(10_000, 10_000, 10_000 * 5_000.0).pays());
    MaskCost near = MaskCost.of(100, 1_000, 100 * 50.0);
    assertFalse(near.isFar() || near.pays());
    assertTrue(MaskCost.of(100, 1_000, 100 * 500.0).pays());
  }
}
