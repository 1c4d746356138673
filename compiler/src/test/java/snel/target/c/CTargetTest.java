package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.ir.Program;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.target.Artifact;
import snel.target.jvm.JvmTarget;

/// The files that a user gets: `make` builds them, the program runs.
class CTargetTest {
  /// semantics.md Ex1 for three neurons that start apart; neuron 2 divides by zero in step 500.
  private static final String LEAKY =
      """
      program "leaky net" step 0.1 real f64 seed 1
      sites ["E.v"]
      buffers
        clock i64[5] clock
        halt i32[1] log
        fault i64[3] log
        E.v f64[3] state
        E.spikes i32[3] queue
        E.count i32[1] queue
        E.total i64[1] log
        E.log i32[1] parameter
        E.log.index i32[8] log
        E.log.step i64[8] log
        E.log.count i32[1] log
        n i64[1] state
      build
        Fill(buffer: @E.v, values: [0.0, 5.0, 10.0])
      step
        kernel integrate integrate {
          each i in 0 ..< 3 {
            E.v[i] = fma(0.9900498337491681, E.v[i], 0.19900332501663883)
          }
        }
        kernel threshold threshold {
          E.count[0] = 0
          collect i in 0 ..< 3 where !(E.v[i] <= 15.0) into E.spikes, E.count
          for k in 0 ..< E.count[0] {
            E.v[E.spikes[k]] = 0.0
            E.total[0] = E.total[0] + 1L
            if E.log[0] != 0 {
              E.log.index[E.log.count[0]] = E.spikes[k]
              E.log.step[E.log.count[0]] = clock[0] + 1L
              E.log.count[0] = E.log.count[0] + 1
            }
          }
          if E.log.count[0] > 4 { halt[0] = 1 }
        }
        kernel "late division" plasticity {
          if clock[0] >= 500L { n[0] = 1L / n[0] }
        }
      directory Directory(populations: [Population(name: "E", shape: [3], isInput: false, isEvent: false, isSilent: false, spikes: @E.spikes, spikeCount: @E.count, episodeCounts: none, firstSpike: none, firstEarly: none, total: @E.total, log: Log(logging: @E.log, index: @E.log.index, step: @E.log.step, early: none, count: @E.log.count))], projections: [], values: [], freezable: [], ports: [])
      """;

  @TempDir Path folder;

  @BeforeEach
  void gccIsHere() {
    assumeTrue(CPrograms.isPresent("gcc") && CPrograms.isPresent("make"), "gcc or make is absent");
  }

  @Test
  void makesAProgramThatRunsAsTheJvmDoes() throws IOException {
    Program program = ProgramReader.read(LEAKY);
    ProgramVerifier.verify(program);
    MadeProgram made = MadeProgram.running(folder, program, 417, List.of("E"));
    Path file = folder.resolve("spikes.csv");
    MadeProgram.Ended ended = made.run("--hash", "step", "--spikes", file.toString());
    Network network = new JvmTarget().build(program);
    ((int[]) network.array("E.log"))[0] = 1;
    List<String> lines = new ArrayList<>();
    for (int step = 1; step <= 417; step++) {
      network.run(1);
      ((int[]) network.array("E.log.count"))[0] = 0;
      lines.add(String.format("hash\t%d\t%016x", step, network.stateHash()));
    }
    lines.addAll(
        List.of(
            "experiment\ttest",
            "state\tdone",
            "spikes\tE\t9",
            "synaptic_operations\t0",
            "neuron_updates\t" + 3 * 417,
            "expectations\t0\t0",
            String.format("state_hash\t%016x", network.stateHash())));
    assertEquals(new MadeProgram.Ended(0, lines, ""), ended);
    assertEquals(
        List.of(
            "test,E,70,2",
            "test,E,110,1",
            "test,E,139,0",
            "test,E,209,2",
            "test,E,249,1",
            "test,E,278,0",
            "test,E,348,2",
            "test,E,388,1",
            "test,E,417,0"),
        Files.readAllLines(file));
  }

  @Test
  void endsWithAMessageWhereAKernelFails() throws IOException {
    MadeProgram made = MadeProgram.running(folder, ProgramReader.read(LEAKY), 1000, List.of());
    MadeProgram.Ended ended = made.run();
    assertEquals(1, ended.exit());
    assertEquals(
        "test.snn:1: `late division`: division by zero at 50 ms (step 500)\n"
            + "  while doing `run`\n",
        ended.err());
    assertEquals(List.of("experiment\ttest", "state\tfailed"), ended.out().subList(0, 2));
  }

  @Test
  void tellsHowItIsUsed() {
    MadeProgram made = MadeProgram.running(folder, ProgramReader.read(LEAKY), 1, List.of());
    String usage = "usage: ./test [--spikes FILE]";
    MadeProgram.Ended never = made.run("--hash", "never");
    assertEquals(2, never.exit());
    assertTrue(never.err().startsWith("never: a hash is made every `step` or `episode`\n" + usage));
    assertTrue(made.run("417").err().startsWith("417: there is no such option\n" + usage));
    assertTrue(made.run("--data").err().startsWith("--data: a value is missing behind it\n"));
    MadeProgram.Ended help = made.run("--help");
    assertEquals(0, help.exit());
    assertEquals("", help.err());
    assertTrue(help.out().getFirst().startsWith(usage));
    assertEquals(4, made.run("--spikes", "nowhere/spikes.csv").exit());
  }

  @Test
  void shipsEveryFileOfTheLibrary() throws Exception {
    Path resources = Path.of(CTarget.class.getResource("library.txt").toURI()).getParent();
    try (var files = Files.list(resources)) {
      List<String> present =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches(".*\\.[ch]"))
              .sorted()
              .toList();
      assertEquals(present, CLibrary.files().stream().map(Artifact.File::path).toList());
    }
  }
}
