package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.ir.Buffer;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.model.Network;
import snel.target.jvm.JvmTarget;

/// Rows kept as bits change no bit of what a network does, and are chosen where they pay.
class RowsOfBitsTest {
  private static final String CELL =
      """
      neuron Cell {
        state v : real = uniform(0, 1)
        receive exc(w : real) { v += w }
        receive inh(w : real) { v -= w }
        receive knock { v += 0.03 }
        event near when v > 0.8
        v' = (1.05 - v) / 20 ms
        spike when v > 1
        reset { v = 0 }
        refractory 2 ms
      }
      neuron Noise { spike at poisson(300 Hz) }
      """;

  /// Every way in which a spike may only count.
  private static final String NET =
      CELL
          + """
          network Net {
            population X : Noise[150]
            population A : Cell[700]
            population B : Cell[90]
            connect X -> A.exc, B.exc      bernoulli(20 %)  weight 0.02
            connect A -> A.inh as wide     bernoulli(10 %)  where pre != post  weight 0.001  delay 1.5 ms
            connect A[100 ..< 300] -> A[40 ..< 640].exc  fixed_indegree(30)  weight 0.0013  delay 0.3 ms
            connect B -> A.exc             fixed_outdegree(200)  weight 0.002
            connect A -> B[3 ..< 80].inh   fixed_total(9000)  weight 0.001  delay 1 ms
            connect A.near -> B.knock      bernoulli(30 %)  delay 0.1 ms
            connect B -> B.exc             bernoulli(if pre.index < post.index then 0.3 else 0.1)  weight 0.004
          }
          """;

  private static Network model(String text, Network.Numerics numerics) {
    var diagnostics = new Diagnostics();
    var options = new Machine.Options("0.1", numerics, 5, java.util.Map.of(), Needs.NONE);
    Network network = Machine.elaborate(text, "Net", options, diagnostics);
    assertEquals("", Machine.said(diagnostics));
    return Objects.requireNonNull(network);
  }

  private static Program program(Network network, Resources.Rows rows) {
    var resources = new Resources(OptionalLong.empty(), rows);
    Set<String> observed =
        Lowering.lower(network, Needs.NONE, resources).buffers().stream()
            .map(Buffer::name)
            .collect(Collectors.toSet());
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)
        .run(network, Needs.NONE, resources, observed);
  }

  private static int sums(Program program) {
    int[] sums = {0};
    program
        .step()
        .forEach(kernel ->
            Nodes.eachStatement(
                kernel.body(), stmt -> sums[0] += stmt instanceof Stmt.AddBits ? 1 : 0));
    return sums[0];
  }

  private static List<Long> hashes(Program program, JvmTarget.Code code, int steps) {
    var network = new JvmTarget(code).build(program);
    program.binds().forEach(kernel -> network.call(kernel.name()));
    List<Long> hashes = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      network.run(1);
      hashes.add(network.stateHash());
    }
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F64"})
  void theStateIsTheSameAsWithLists(String numerics) {
    Network network = model(NET, Network.Numerics.valueOf(numerics));
    Program lists = program(network, Resources.Rows.LISTS);
    Program bits = program(network, Resources.Rows.BITS);
    assertEquals(0, sums(lists));
    assertEquals(8, sums(bits));
    List<Long> expected = hashes(lists, JvmTarget.Code.SCALAR, 400);
    assertEquals(expected, hashes(bits, JvmTarget.Code.SCALAR, 400));
    assertEquals(expected, hashes(bits, JvmTarget.Code.VECTOR, 400));
    assertEquals(expected, hashes(lists, JvmTarget.Code.VECTOR, 400));
    assertTrue(expected.stream().distinct().count() > 300);
  }

  @Test
  void theProgramInCDoesTheSame(@TempDir Path folder) {
    Program bits = program(model(NET, Network.Numerics.F32), Resources.Rows.BITS);
    new BothTargets(folder).sameStates(bits, 200);
  }

  @Test
  void deliveriesAreCounted() {
    Network network = model(NET, Network.Numerics.F32);
    var lists = new JvmTarget().build(program(network, Resources.Rows.LISTS));
    var bits = new JvmTarget().build(program(network, Resources.Rows.BITS));
    lists.run(100);
    bits.run(100);
    long[] expected = (long[]) lists.array("wide.synapses.delivered");
    assertTrue(expected[0] > 1000);
    assertEquals(expected[0], ((long[]) bits.array("wide.synapses.delivered"))[0]);
  }

  private static String chosen(String neurons, String rule, String weight) {
    String text =
        CELL
            + """
            network Net {
              population A : Cell[%1$s]
              connect A -> A.exc  %2$s  weight %3$s
            }
            """
                .formatted(neurons, rule, weight);
    return Lowering.explain(model(text, Network.Numerics.F32), Needs.NONE).parts().stream()
        .flatMap(part -> part.decisions().stream())
        .filter(decision -> decision.startsWith("rows are"))
        .findFirst()
        .orElse("");
  }

  @Test
  void theyAreChosenWhereTheyPay() {
    assertTrue(
        chosen("10_000", "bernoulli(10 %)", "0.1")
            .startsWith(
                "rows are bits that are added up together, because that is faster: at 20 spikes a"
                    + " step 4.55 us as bits, 18.00 as lists"),
        chosen("10_000", "bernoulli(10 %)", "0.1"));
    assertTrue(
        chosen("10_000", "bernoulli(4 %)", "0.1")
            .startsWith("rows are lists, because few pairs are joined"));
    assertTrue(
        chosen("200", "bernoulli(10 %)", "0.1")
            .startsWith("rows are lists, because bits would gain little"),
        chosen("200", "bernoulli(10 %)", "0.1"));
  }

  @Test
  void whatDoesMoreThanCountHasNoBits() {
    assertEquals("", chosen("10_000", "bernoulli(10 %)", "uniform(0, 1)"));
    assertEquals("", chosen("10_000", "all", "0.1"));
    assertEquals("", chosen("10_000", "fixed_indegree(1000, multapses)", "0.1"));
    assertFalse(chosen("10_000", "fixed_indegree(1000)", "0.1").isEmpty());
  }
}
