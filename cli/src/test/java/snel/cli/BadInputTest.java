package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each: one clear error, the right exit code, no stack trace.
class BadInputTest {
  @TempDir private Path folder = Path.of("");

  private static final String SMALL =
      """
      neuron Cell { state v : real = 0; v' = -v / 10 ms; spike when v > 1; reset { v = 0 } }
      network Net { population E : Cell[10] }
      """;

  private static final String GROWING =
      """
      neuron Sum { state v : real = 0; receive syn(w : real) { v += w } }
      neuron Clock { state v : real = 0; v' = 1 / 1 ms; spike when v > 0.95; reset { v = 0 } }
      synapse Growing { weight w : real; on pre { w *= w; deliver w } }
      """;

  private CommandLineRun run(String program, String... more) throws IOException {
    Path file = folder.resolve("bad.snn");
    Files.writeString(file, program);
    String[] args = new String[more.length + 2];
    args[0] = "run";
    args[1] = file.toString();
    System.arraycopy(more, 0, args, 2, more.length);
    if (more.length == 0) {
      args = new String[] {"run", file.toString(), "--out", folder.resolve("runs").toString()};
    }
    CommandLineRun run = CommandLineRun.of(args);
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
    return run;
  }

  @Test
  void noSuchProgram() {
    CommandLineRun run = CommandLineRun.of("run", folder.resolve("none.snn").toString());
    assertEquals(1, run.exit());
    assertTrue(
        run.err().contains("none.snn: expected a program; there is no such file"), run.err());
  }

  @Test
  void aProgramInAnotherEncoding() throws IOException {
    Path file = folder.resolve("latin.snn");
    Files.write(file, "let a = 1\n// fünf\n".getBytes(StandardCharsets.ISO_8859_1));
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertEquals(1, run.exit());
    String told = "expected a text in UTF-8; found bytes of another encoding in line 2";
    assertTrue(run.err().contains(told), run.err());
  }

  @Test
  void aProgramWithoutAName() {
    CommandLineRun run = CommandLineRun.of("run", "");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("the name of the program is empty"), run.err());
  }

  @Test
  void aProgramThatIsNearlyNamed() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("ring"));
    Files.writeString(inside.resolve("ring.snn"), "");
    for (String name : new String[] {"ring/ring", "ring/rign.snn", "ring"}) {
      CommandLineRun run = CommandLineRun.of("run", folder.resolve(name).toString());
      assertEquals(1, run.exit());
      String meant = "; did you mean `" + inside.resolve("ring.snn") + "`?";
      assertTrue(run.err().contains(meant), run.err());
    }
  }

  @Test
  void aProgramThatIsNoText() throws IOException {
    Path file = folder.resolve("bytes.snn");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("expected a text in UTF-8"), run.err());
  }

  @Test
  void syntaxErrorsAreShownWithTheirPlace() throws IOException {
    CommandLineRun run = run("network Net { population E Cell[10] }");
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("bad.snn:1:"), run.err());
  }

  @Test
  void aThresholdWithoutItsUnitIsToldByEveryCommandThatReadsTheProgram() throws IOException {
    Path file = folder.resolve("units.snn");
    Files.writeString(
        file,
        """
        neuron Cell {
          state v : voltage = 0 mV
          v' = -v / 10 ms
          spike when v > 20
          reset { v = 0 mV }
        }
        network Net { population E : Cell[10] }
        experiment e on Net { step 1 ms; seed 1; run 1 ms; report rate(E) }
        """);
    for (String command : List.of("check", "run", "plan", "test", "compile")) {
      CommandLineRun run = CommandLineRun.of(command, file.toString());
      assertEquals(1, run.exit(), command);
      assertTrue(run.err().contains("error[E0204]"), command + run.err());
      assertTrue(run.err().contains("units.snn:4:18"), command + run.err());
      assertTrue(run.err().contains("20 mV"), command + run.err());
    }
  }

  @Test
  void missingDataIsNamed() throws IOException {
    CommandLineRun run =
        run(
            SMALL
                + """
                data digits from csv("absent.csv") {
                  label : int in 0 ..< 10 = column(0)
                }
                experiment e on Net {
                  step 1 ms; seed 1
                  for sample in digits { run 1 ms }
                }
                """);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("absent.csv"), run.err());
    assertTrue(run.err().contains("there is no such file"), run.err());
  }

  @Test
  void aValueOutsideItsRangeIsFoundBeforeTheFirstStep() throws IOException {
    Files.writeString(folder.resolve("labels.csv"), "1\n2\n17\n");
    CommandLineRun run =
        run(
            SMALL
                + """
                data digits from csv("labels.csv", header: false) {
                  label : int in 0 ..< 10 = column(0)
                }
                experiment e on Net {
                  step 1 ms; seed 1
                  for sample in digits { run 1 ms }
                }
                """);
    assertEquals(1, run.exit());
    assertTrue(
        run.err()
            .contains("record 2 of digits, field `label`: expected a number in 0 ..< 10; found 17"),
        run.err());
  }

  @Test
  void aNetworkLargerThanTheMemoryIsRefusedWithTheSum() throws IOException {
    CommandLineRun run =
        run(
            """
            neuron Cell {
              state v : real = 0
              v' = -v / 10 ms
              receive syn(w : real) { v += w }
              spike when v > 1
              reset { v = 0 }
            }
            synapse Learns { weight w : real; on pre { deliver w }; on post { w += 0.1 } }
            network Net {
              population E : Cell[40_000]
              connect E -> E  bernoulli(50 %)  weight uniform(0, 1)  synapse Learns
            }
            experiment e on Net { step 1 ms; seed 1; run 1 ms }
            """);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("network `Net` needs "), run.err());
    assertTrue(run.err().contains(" GB; the Java machine may use "), run.err());
  }

  @Test
  void aNanNamesNeuronAndTimeAndKeepsTheResultsSoFar() throws IOException {
    CommandLineRun run =
        run(
            """
            neuron Cell {
              state v : real = 0.1
              v' = v^3 * self.index / 1 ms
              integrate v by euler
              spike when v > 1e30
              reset { v = 0 * v / (v - v) }
            }
            network Net { population E : Cell[3] }
            experiment e on Net {
              step 1 ms; seed 1
              report early = 1
              run 1 s
            }
            """);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("`E.v` of neuron "), run.err());
    assertTrue(run.err().contains(" ms (step "), run.err());
    assertTrue(run.out().contains("early"), run.out());
  }

  /// No threshold looks at `x`; x' = x^2 from 1 reaches infinity after 1 ms, from 0 never.
  @Test
  void aStateThatNothingWatchesIsLookedAtWhenAnEpisodeEnds() throws IOException {
    CommandLineRun run =
        run(
            """
            neuron Runaway { state x : real = self.index; x' = x^2 / 1 ms }
            network Net { population E : Runaway[2] }
            experiment e on Net {
              step 0.1 ms; seed 1
              record E.x
              run 0.5 ms
              run 2 ms
              run 1 ms
            }
            """);
    assertEquals(1, run.exit());
    String place = "`E.x` of neuron 1: not a number, at the latest at 2.5 ms";
    assertTrue(run.err().contains(place), run.err());
  }

  @Test
  void aWeightThatIsNoNumberIsNamedByItsNeurons() throws IOException {
    CommandLineRun run =
        run(
            GROWING
                + """
                network Net {
                  population A : Clock[2]
                  population B : Sum[3]
                  connect A -> B.syn as grow  all
                    weight if pre.index == 1 and post.index == 2 then 10 else 0
                    synapse Growing
                }
                experiment e on Net { step 0.1 ms; seed 1; run 10 ms }
                """);
    assertEquals(1, run.exit());
    // 10^(2^n) leaves single precision at the 6th spike
    String place = "`grow.w` of the synapse from 1 to 2: not a number, at the latest at 10 ms";
    assertTrue(run.err().contains(place), run.err());
  }

  @Test
  void soIsAWeightOfAKernelByItsPlace() throws IOException {
    CommandLineRun run =
        run(
            GROWING
                + """
                network Net {
                  population A : Clock[1, 2, 2]
                  population B : Sum[2, 1, 1]
                  connect A -> B.syn as k  conv([2, 2])
                    weight if offset.x < 0 and offset.y > 0 then 10 else 0
                    synapse Growing
                }
                experiment e on Net { step 0.1 ms; seed 1; run 10 ms }
                """);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("`k.w` at [0, 0, 1, 0] of the kernel: not a number"), run.err());
  }

  @Test
  void noIntegerIsMadeOfWhatIsNoNumber() throws IOException {
    CommandLineRun run =
        run(
            SMALL
                + """
                experiment e on Net {
                  step 0.1 ms; seed 1
                  run 1 ms
                  let nothing = count(E) - count(E)
                  report n = floor(nothing / nothing)
                }
                """);
    assertEquals(1, run.exit());
    String sentence = "an integer is wanted, but this is not a number (NaN)";
    assertTrue(run.err().contains(sentence), run.err());
  }

  /// Source 1 keeps its one synapse, to target 2, among room for more.
  @Test
  void soIsOneOfSynapsesThatComeAndGo() throws IOException {
    CommandLineRun run =
        run(
            """
            neuron Sum { state v : real = 0; receive syn(w : real) { v += w } }
            neuron Clock { state v : real = 0; v' = 1 / 1 ms; spike when v > 0.95; reset { v = 0 } }
            synapse Growing {
              weight w : real
              on pre { w *= w; deliver w }
              prune when w < 0.5
            }
            network Net {
              population A : Clock[2]
              population B : Sum[3]
              connect A -> B.syn as grow  all where post.index > 0
                weight if pre.index == 1 and post.index == 2 then 10 else 0
                synapse Growing
                grow bernoulli(0) every 0.5 ms
            }
            experiment e on Net { step 0.1 ms; seed 1; run 10 ms }
            """);
    assertEquals(1, run.exit());
    String place = "`grow.w` of the synapse from 1 to 2: not a number, at the latest at 10 ms";
    assertTrue(run.err().contains(place), run.err());
  }

  @Test
  void aFullDiskIsTheMachinesFault() throws Exception {
    Path disk = mounted("size=48k");
    try {
      CommandLineRun run =
          run(
              SMALL
                  + """
                  experiment e on Net { step 0.1 ms; seed 1; record E.v; run 2 s }
                  """,
              "--out",
              disk.resolve("runs").toString());
      assertEquals(4, run.exit(), run.err());
      assertTrue(run.err().contains("the disk is full"), run.err());
    } finally {
      command("umount", disk.toString());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsTheMachinesFault() throws Exception {
    Path disk = mounted("size=1m,ro");
    try {
      CommandLineRun run =
          run(
              SMALL + "experiment e on Net { step 0.1 ms; seed 1; run 2 ms }\n",
              "--out",
              disk.resolve("runs").toString());
      assertEquals(4, run.exit(), run.err());
      assertTrue(run.err().contains("cannot write"), run.err());
    } finally {
      command("umount", disk.toString());
    }
  }

  /// A small disk of its own; the test is skipped where none may be mounted.
  private Path mounted(String options) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    boolean done = command("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()) == 0;
    assumeTrue(done, "no disk can be mounted here");
    return disk;
  }

  private static int command(String... words) throws Exception {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException _) {
      return -1;
    }
  }
}
