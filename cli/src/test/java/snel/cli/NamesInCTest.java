package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What authors call things means nothing in C.
class NamesInCTest {
  @TempDir private Path folder = Path.of("");

  /// Words of C, names of its library and of ours, locals of generated functions.
  @Test
  void statesOfTheNetwork() throws IOException {
    List<String> names =
        List.of(
            ("m k i x hash done steps rows site argc exit remove rename rand nan isfinite memcpy"
                    + " printf free size_t uint32_t errno linux unix I NAN NULL NDEBUG offsetof"
                    + " build step allocate snel_place snel_my_network experiment_e net_A main")
                .split(" "));
    String declared =
        names.stream()
            .map("  state %1$s : real = 3; %1$s' = (mean(A.v) - %1$s) / 5 ms\n"::formatted)
            .collect(Collectors.joining());
    BothTargets.alike(
        folder,
        """
        neuron G { state v : real = 1; v' = -v / 10 ms }
        network N {
          population A : G[2]
          %s
        }
        experiment e on N { step 0.1 ms; seed 5; record %s; run 0.3 ms; report end = m }
        """
            .formatted(declared, String.join(", ", names)));
  }

  @Test
  void everythingElse() throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            """
            neuron G {
              input linux : real
              state errno : real = 1
              errno' = (linux - errno) / 10 ms
              receive exit(NAN : real) { let fabs = NAN * 2; errno += fabs }
              spike when errno > 1
              reset { let free = 0.1; errno = free }
            }
            synapse snel_state {
              weight stderr : real
              param INFINITY = 2
              state memcpy : real = 1
              on pre { let exit = memcpy * 1.01; memcpy = exit; deliver stderr * INFINITY * exit }
            }
            network snel {
              param argc = 3
              population snel_network : G[6](linux: argc)
              population build : G[6](linux: 1.4)
              connect snel_network -> build.exit as step all weight uniform(0, 0.1) synapse snel_state
              connect build -> snel_network.exit as size_t bernoulli(50 %) weight 0.1
            }
            experiment e on snel {
              step 0.1 ms; seed 5
              record snel_network.spikes, build.errno
              let exit = 3
              for argv in 1 .. 3 { run exit * 2 ms }
              report snel_network.errno, exit, step.stderr
            }
            """);
    assertTrue(run.spikeCounts().getOrDefault("build", 0L) > 10, run.toString());
  }

  /// Experiments called as what else lies in the folder, or as goals of `make`.
  @ParameterizedTest
  @ValueSource(strings = {"clean", "data", "makefile", "Makefile", "main"})
  void experiments(String name) throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("program.snn");
    Files.writeString(
        file,
        """
        data folder from csv("x.csv") { x : real = column(0) }
        neuron G { input I : real; state v : real = 1; v' = (I - v) / 10 ms }
        network N { input I : real = 0; population A : G[2](I: I) }
        experiment %s on N {
          step 1 ms; seed 5
          for one in folder { present I = one.x for 1 ms }
          report A.v
        }
        """
            .formatted(name));
    Files.writeString(folder.resolve("x.csv"), "x\n1\n2\n");
    CommandLineRun written =
        CommandLineRun.of(
            "compile", "--target", "c", "--out", folder.toString(), file.toString(), name);
    assertEquals(0, written.exit(), written.err());
    String commands = written.out().strip().replaceAll("(?s).*; now: ", "");
    for (String again : List.of("first", "second")) {
      ProcessBuilder shell = new ProcessBuilder("sh", "-c", commands).directory(folder.toFile());
      shell.environment().put("MAKEFLAGS", "-- CFLAGS=-O0");
      Process process = shell.start();
      try (Stream<String> lines = process.inputReader().lines()) {
        assertTrue(lines.anyMatch(("experiment\t" + name)::equals), again + ": " + commands);
      }
    }
  }
}
