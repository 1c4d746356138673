package snel.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.verify.ProgramVerifier;
import snel.model.Network;
import snel.parallel.DividedStep;
import snel.parallel.Section;
import snel.pass.ListArrivals;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.Threads;

/// Rows that lie end to end, and arrivals that wait in lists, change no bit of what a network does.
class JoinedRowsTest {
  private static final String NET =
      """
      neuron Cell {
        state v : real = uniform(0, 1)
        state slow : real = 0
        receive exc(w : real) { v += w; slow += w / 3 }
        receive inh(w : real) { v -= w }
        v' = (1.05 - v) / 20 ms
        slow' = -slow / 50 ms
        spike when v > 1
        reset { v = 0 }
        refractory 2 ms
      }
      neuron Noise { spike at poisson(300 Hz) }
      network Net {
        population X : Noise[60]
        population A : Cell[110]
        population B : Cell[37]
        population C : Cell[5]
        connect X -> A.exc as x_a  fixed_total(700, multapses)  weight normal(0.02, 0.004)  delay to_step(uniform(0.1 ms, 2 ms))
        connect A -> A.exc as a_a  bernoulli(10 %)              weight normal(0.01, 0.002)  delay to_step(uniform(0.1 ms, 2.5 ms))
        connect B -> A.inh as b_a  bernoulli(30 %)              weight normal(0.01, 0.002)  delay to_step(uniform(0.1 ms, 1 ms))
        connect X -> B.exc as x_b  fixed_total(300, multapses)  weight normal(0.02, 0.004)  delay to_step(uniform(0.1 ms, 2 ms))
        connect A -> B.exc as a_b  bernoulli(20 %)              weight normal(0.01, 0.002)  delay to_step(uniform(0.1 ms, 2.5 ms))
        connect B -> B.inh as b_b  bernoulli(30 %)              weight normal(0.01, 0.002)  delay to_step(uniform(0.1 ms, 1 ms))
        connect X -> C.exc as x_c  bernoulli(50 %)              weight normal(0.02, 0.004)  delay 0.7 ms
        connect A -> C.exc as a_c  bernoulli(50 %)              weight normal(0.01, 0.002)  delay 0.7 ms
        connect A -> C.inh as a_i  bernoulli(50 %)              weight normal(0.01, 0.002)  delay 0.7 ms
        connect C -> A.exc as c_a  all                          weight normal(0.02, 0.004)
        connect C -> B.exc as c_b  fixed_indegree(3)            weight normal(0.02, 0.004)
      }
      """;

  /// Where all arrive in the next step: sums without slots.
  private static final String DIRECT = NET.replaceAll(" +delay [^\n]*", "");

  private static Network model(Network.Numerics numerics) {
    return model(NET, numerics);
  }

  private static Network model(String text, Network.Numerics numerics) {
    var diagnostics = new Diagnostics();
    var options = new Machine.Options("0.1", numerics, 5, Map.of(), Needs.NONE);
    Network network = Machine.elaborate(text, "Net", options, diagnostics);
    assertEquals("", Machine.said(diagnostics));
    return Objects.requireNonNull(network);
  }

  private static Program program(Network network, Set<String> inspected) {
    Needs needs = new Needs(Set.of(), Set.of(), Set.of(), inspected, Set.of(), Set.of());
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)
        .run(network, needs, Set.of("A.slow", "B.slow", "C.slow"));
  }

  private static Set<String> paths(Network network) {
    Set<String> all = new HashSet<>();
    network.projections().forEach(projection -> all.add(projection.path()));
    return all;
  }

  private static List<List<String>> joined(Program program) {
    List<List<String>> all = new ArrayList<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Join join) {
        all.add(
            join.rowStarts().stream()
                .map(rows -> rows.name().replace(".synapses.row_start", ""))
                .toList());
      }
    }
    return all;
  }

  @Test
  void rowsOfOnePopulationInAsManySlotsAreJoined() {
    Network network = model(Network.Numerics.F32);
    assertEquals(
        List.of(
            List.of("x_a", "x_b"),
            List.of("a_a", "a_b"),
            List.of("b_a", "b_b"),
            List.of("a_c", "a_i")),
        joined(program(network, Set.of())));
  }

  @Test
  void rowsWithoutDelaysAreJoined() {
    Network network = model(DIRECT, Network.Numerics.F32);
    assertEquals(
        List.of(
            List.of("b_a", "b_b"),
            List.of("x_a", "x_b", "x_c"),
            List.of("a_a", "a_b", "a_c", "a_i")),
        joined(program(network, Set.of())));
  }

  @Test
  void rowsThatAreLookedAtStay() {
    Network network = model(Network.Numerics.F32);
    // a_b stays too, since B.exc gets what comes over x_b first
    assertEquals(List.of(List.of("b_a", "b_b")), joined(program(network, Set.of("x_b", "a_i"))));
    assertEquals(List.of(), joined(program(network, paths(network))));
  }

  /// Arrivals wait in lists that are long enough, or seldom are.
  private static Program listed(Program program, int share) {
    Program made = new ListArrivals(0, share).apply(program);
    ProgramVerifier.verify(made);
    assertTrue(made.buffers().size() > program.buffers().size());
    return made;
  }

  @ParameterizedTest
  @EnumSource(
      value = Network.Numerics.class,
      names = {"F32", "F64"})
  void statesStay(Network.Numerics numerics) {
    Network network = model(numerics);
    Program apart = program(network, paths(network));
    Program joined = program(network, Set.of());
    stay(
        network,
        apart,
        List.of(joined, listed(joined, 1), listed(joined, 1000), listed(apart, 1000)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Network.Numerics.class,
      names = {"F32", "F64"})
  void statesStayWithoutDelays(Network.Numerics numerics) {
    Network network = model(DIRECT, numerics);
    stay(network, program(network, paths(network)), List.of(program(network, Set.of())));
  }

  private static void stay(Network network, Program apart, List<Program> others) {
    for (JvmTarget.Code code : JvmTarget.Code.values()) {
      var expected = new JvmTarget(code).build(apart);
      expected.run(1000);
      assertTrue(((long[]) expected.array("A.spikes.total"))[0] > 100);
      for (Program other : others) {
        var found = new JvmTarget(code).build(other);
        found.run(1000);
        for (String name : List.of("A.v", "A.slow", "B.v", "B.slow", "C.v", "C.slow", "A.count")) {
          assertSame(expected.array(name), found.array(name), name);
        }
        for (String path : paths(network)) {
          String delivered = path + ".synapses.delivered";
          assertSame(expected.array(delivered), found.array(delivered), delivered);
        }
      }
    }
  }

  /// What is counted in each projection of one population, at the spikes of one loop.
  @Test
  void spikesAreGoneThroughOnceForAllCounters() {
    Program joined = program(model(DIRECT, Network.Numerics.F32), Set.of());
    Kernel kernel =
        joined.step().stream().filter(k -> k.name().equals("a_a+3:pre")).findFirst().orElseThrow();
    List<Set<String>> counted =
        kernel.body().stream()
            .filter(stmt -> stmt instanceof Stmt.Loop)
            .map(stmt ->
                Nodes.buffers(List.of(stmt)).stream()
                    .map(Buffer::name)
                    .filter(name -> name.endsWith(".delivered"))
                    .collect(Collectors.toSet()))
            .toList();
    Set<String> all = new HashSet<>();
    List.of("a_a", "a_b", "a_c", "a_i").forEach(path -> all.add(path + ".synapses.delivered"));
    assertEquals(List.of(all, Set.of()), counted);
  }

  /// What one thread does of a kernel is not taken apart again into calls of its pieces.
  @Test
  void piecesOfAKernelThatFollowEachOtherStayTogether() {
    Program joined = program(model(DIRECT, Network.Numerics.F32), Set.of());
    DividedStep step = DividedStep.of(joined, 2, 2).orElseThrow();
    for (Section section : step.sections()) {
      List<String> origins =
          section.alone().stream()
              .filter(kernel -> kernel.body().stream().noneMatch(s -> s instanceof Stmt.Let))
              .map(kernel -> kernel.name().substring(0, kernel.name().lastIndexOf('/')))
              .toList();
      for (int at = 1; at < origins.size(); at++) {
        assertNotEquals(origins.get(at - 1), origins.get(at));
      }
    }
  }

  /// Each thread goes along its own stretches of the rows.
  @Test
  void threadsAgreeOnJoinedRows() {
    Network network = model(DIRECT, Network.Numerics.F32);
    Program joined = program(network, Set.of());
    var alone = new JvmTarget(JvmTarget.Code.SCALAR).build(joined);
    alone.run(300);
    for (int threads : new int[] {2, 3, 8}) {
      DividedStep step = DividedStep.of(joined, threads, 2).orElseThrow();
      assertTrue(
          step.limits().stream().anyMatch(limit -> limit.start().name().startsWith("x_a+2.")));
      var divided = new JvmTarget(JvmTarget.Code.SCALAR, Threads.exactly(threads)).build(joined);
      divided.run(300);
      assertEquals(alone.stateHash(), divided.stateHash());
    }
  }

  /// Each thread lists what arrives at its own targets; between two runs all lists are settled.
  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void threadsAgreeOnLists(int share) {
    Network network = model(Network.Numerics.F32);
    Program joined = program(network, Set.of());
    Program apart = program(network, paths(network));
    for (Program program : List.of(listed(joined, share), listed(apart, share))) {
      assertEquals(
          program.build().stream().filter(step -> step instanceof Build.Lists).count(),
          program.settling().size());
      var ring = new JvmTarget(JvmTarget.Code.SCALAR).build(program);
      ring.run(300);
      for (int threads : new int[] {2, 3, 8}) {
        DividedStep step = DividedStep.of(program, threads, 2).orElseThrow();
        assertEquals(program.settling().size(), step.begin().size());
        var alone = new JvmTarget(JvmTarget.Code.SCALAR).build(program);
        var divided = new JvmTarget(JvmTarget.Code.SCALAR, Threads.exactly(threads)).build(program);
        for (int steps : new int[] {1, 1, 5, 43, 250}) {
          alone.run(steps);
          divided.run(steps);
          assertEquals(alone.stateHash(), divided.stateHash());
        }
        assertEquals(ring.stateHash(), divided.stateHash());
      }
    }
  }

  @Test
  void listsAreAddedUpWhereTheyAreFull() {
    Program program = listed(program(model(Network.Numerics.F32), Set.of()), 1000);
    var network = new JvmTarget().build(program);
    boolean spilled = false;
    for (int k = 0; k < 300 && !spilled; k++) {
      network.run(1);
      for (Buffer buffer : program.buffers()) {
        spilled |=
            buffer.name().endsWith(".spilled")
                && Arrays.stream((int[]) network.array(buffer.name())).sum() > 0;
      }
    }
    assertTrue(spilled);
  }

  private static void assertSame(Object expected, Object found, String name) {
    assertArrayEquals(new Object[] {expected}, new Object[] {found}, name);
  }

  @Test
  void bothTargetsAgree(@TempDir Path folder) throws IOException {
    Program joined = program(model(Network.Numerics.F32), Set.of());
    new BothTargets(Files.createDirectory(folder.resolve("ring"))).sameStates(joined, 200);
    new BothTargets(Files.createDirectory(folder.resolve("lists")))
        .sameStates(listed(joined, 1000), 200);
    Program direct = program(model(DIRECT, Network.Numerics.F32), Set.of());
    new BothTargets(Files.createDirectory(folder.resolve("direct"))).sameStates(direct, 200);
  }
}
