package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What C programs tell their users, besides numbers.
class ToldInCTest {
  private static final String CELLS =
      """
      neuron G { state v : real = 0; v' = -v / 10 ms; receive s(w : real) { v += w } }
      network N {
        input a : spikes[2]; input b : spikes[2]
        population E : G[2]
        connect a -> E.s one_to_one weight 1; connect b -> E.s one_to_one weight 1
      }
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void gccIsHere() {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
  }

  /// What would end a part of a line, or the line, is written otherwise and comes back.
  @Test
  void textsOfSeveralLines() throws IOException {
    ProgramRun run =
        BothTargets.alike(
            folder,
            CELLS
                + """
                experiment e on N {
                  step 1 ms; seed 1
                  run 1 ms
                  report note = "a\\tb\\nresult\\taccuracy\\t1 \\\\n", notes = ["c\\n", "\\\\"]
                  expect "a\\nb" == "c"
                }
                """);
    assertEquals("a\tb\nresult\taccuracy\t1 \\n", run.results().get("note"));
  }

  /// Spikes outside their presentation, two in one step, and what is sent too late: each told once,
  /// in the words and at the place of `snel run`.
  @Test
  void warnings() throws IOException {
    Path file = folder.resolve("warned.snn");
    Files.writeString(
        file,
        CELLS
            + """
            experiment e on N {
              step 1 ms; seed 1
              present a[0 ..< 1] = [[2 ms, 30 ms]], a[1 ..< 2] = [[3 ms, 3 ms, 3 ms]] for 20 ms
              present a = [[20 ms], []], b = [[1, 0], [0, 1], [1, 1], [0, 0]] for 3 ms
              send E.s(1) after infinity
              send E.s(1) after 50.5 s
              after 3 ms { send E[0].s(2) after 9 ms }
              repeat 3 times { run 2 ms }
            }
            experiment f on N from e {
              present b = [[1, 0], [0, 1], [1, 1], [0, 0]] for 2 ms
              for k in 1 .. 4 { send E[1].s(1) after 9 ms; run 1 ms; stop when k == 3 }
            }
            """);
    CommandLineRun onJvm =
        CommandLineRun.of("run", file.toString(), "f", "--out", folder.resolve("runs").toString());
    List<String> told = told(onJvm.err());
    assertEquals(5, told.size(), onJvm.err());
    assertEquals(told, told(program(file, "f").run().err()));
  }

  /// What is doubtful in a network is told once, however many experiments of a chain are on it.
  @Test
  void whatIsDoubtfulOnce() throws IOException {
    Path file = folder.resolve("silent.snn");
    Files.writeString(
        file,
        """
        neuron G { state v : real = 0; v' = -v / 10 ms; receive s(w : real) { v += w }; spike when v > 1; reset { v = 0 } }
        network N { population E : G[2]; population F : G[2]; connect E -> F.s all weight 1 }
        experiment a on N { step 1 ms; seed 1; run 5 ms }
        experiment b on N from a { run 5 ms }
        experiment c on N from b { run 5 ms }
        """);
    CommandLineRun compiled =
        CommandLineRun.of(
            "compile",
            "--target",
            "c",
            file.toString(),
            "c",
            "--out",
            folder.resolve("c").toString());
    assertEquals(0, compiled.exit(), compiled.err());
    assertEquals(1, compiled.err().lines().filter(line -> line.contains("[W0802]")).count());
  }

  private static List<String> told(String err) {
    return err.lines().filter(line -> line.startsWith("warning: ")).toList();
  }

  /// As on the JVM: whose the whole number was that left its 64 bits, in which `every` block.
  @Test
  void placesOfFaults() throws IOException {
    Path file = folder.resolve("fault.snn");
    Files.writeString(
        file,
        """
        neuron G { state k : int = 1; every 1 ms { k += 1 }; every 1 ms { k = k * 1_000_003 } }
        network N { population E : G[2]; population F : G[2] }
        experiment e on N { step 0.5 ms; seed 1; run 6 ms; report E.k, F.k }
        """);
    CommandLineRun onJvm =
        CommandLineRun.of("run", file.toString(), "--out", folder.resolve("runs").toString());
    String fault = "`E, every 1 ms (2)`: integer overflow at 3.5 ms (step 7)";
    assertTrue(onJvm.err().contains(fault), onJvm.err());
    CProgram.Ended inC = program(file, "e").run();
    assertEquals(1, inC.exit());
    assertTrue(inC.err().contains(fault), inC.err());
  }

  private CProgram program(Path file, String experiment) {
    return CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), experiment));
  }
}
