package snel.target.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
          for k in 0 ..< E.count[0] { E.v[E.spikes[k]] = 0.0 }
        }
        kernel "late division" plasticity {
          if clock[0] >= 500L { n[0] = 1L / n[0] }
        }
      directory Directory(populations: [Population(name: "E", shape: [3], isInput: false, isEvent: false, spikes: @E.spikes, spikeCount: @E.count, episodeCounts: none, firstSpike: none, total: @E.total, log: none)], projections: [], values: [], freezable: [], ports: [])
      """;

  @TempDir Path folder;

  @BeforeEach
  void gccIsHere() {
    assumeTrue(CPrograms.isPresent("gcc") && CPrograms.isPresent("make"), "gcc or make is absent");
  }

  private CPrograms made(Program program) {
    ProgramVerifier.verify(program);
    CPrograms shell = new CPrograms(folder, "gcc");
    assertEquals("", shell.make(program));
    return shell;
  }

  @Test
  void makesAProgramThatRunsAsTheJvmDoes() throws IOException {
    Program program = ProgramReader.read(LEAKY);
    CPrograms shell = made(program);
    List<String> found =
        shell.lines(
            List.of("./leaky_net", "417", "--hash", "--spikes", "spikes.csv"), "hashes.txt");
    Network network = new JvmTarget().build(program);
    List<String> hashes = new ArrayList<>();
    List<String> spikes = new ArrayList<>();
    for (int step = 1; step <= 417; step++) {
      network.run(1);
      hashes.add(String.format("%016x", network.stateHash()));
      int count = ((int[]) network.array("E.count"))[0];
      for (int k = 0; k < count; k++) {
        spikes.add("E," + step + "," + ((int[]) network.array("E.spikes"))[k]);
      }
    }
    assertEquals(hashes, found);
    assertEquals(spikes, Files.readAllLines(folder.resolve("spikes.csv")));
    assertTrue(spikes.containsAll(List.of("E,139,0", "E,278,0", "E,417,0")));
  }

  @Test
  void endsWithAMessageWhereAKernelFails() {
    CPrograms shell = made(ProgramReader.read(LEAKY));
    AssertionError failure =
        assertThrows(
            AssertionError.class, () -> shell.run(List.of("./leaky_net", "1000"), "out.txt"));
    assertEquals("./leaky_net 1000\ndivision by zero in late division", failure.getMessage());
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
