package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Parameters that are drawn or made of indices lie in the range they are declared with.
class DrawnParametersTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "normal(10 ms, 20 ms) | 0.5 | `A.p` of neuron 1 cannot be -12.8123 ms: its range is 1 ms",
        "(self.index + 19) * 1 ms | 0.5 | `A.p` of neuron 2 cannot be 21 ms",
        "10 ms | uniform(0, 3) | `h.a` of the synapse from 1 to 0 cannot be 1.69435: its range is 0",
        "10 ms | (pre.index + post.index) / 2 | `h.a` of the synapse from 1 to 2 cannot be 1.5",
        "10 ms | if pre.index == post.index then 0 else 2 | of the synapse from 0 to 1 cannot be 2",
        "10 ms, share: if self.index > 0 then 1 else 0 | 1 | 1 cannot be 1: its range is 0 ..< 1",
        "10 ms, share: 1 - self.index / 2 | 0.5 | neuron 0 cannot be 1: its range is 0 ..< 1",
        "10 ms, parts: [0, uniform(0, 3)] | 0.5 | `A.parts[1]` of neuron 1 cannot be 1.99552"
      })
  void areToldWhenTheyDoNot(String p, String a, String message) throws IOException {
    Path file = program(p, a);
    CommandLineRun run = run(file);
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.err().contains("E0919") && run.err().contains(message), run.err());
    CProgram.Ended ended = inC(file);
    assertNotEquals(0, ended.exit());
    assertTrue(ended.err().contains(message), ended.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "normal(10 ms, 20 ms, min: 1 ms, max: 20 ms) | uniform(0, 1)",
        "clip(normal(10 ms, 20 ms), 1 ms, 20 ms) | if pre.index == post.index then 2 else 1 + 0",
        "lognormal(10 ms, 0.1 ms) | lognormal(0.5, 0.01)",
        "10 ms, share: uniform(0, 1) | 0.5",
        "10 ms, share: self.index / 3 | 1 - pre.index / 2",
        "10 ms, parts: [0, uniform(0, 1)] | 0.5"
      })
  void runWhenTheyDo(String p, String a) throws IOException {
    Path file = program(p, a);
    CommandLineRun run = run(file);
    assertEquals(0, run.exit(), run.err());
    assertEquals(0, inC(file).exit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "uniform(30 ms, 40 ms) | 0.5",
        "10 ms | uniform(2, 3)",
        "10 ms, share: uniform(1, 2) | 0.5",
        "10 ms, share: 1 | 0.5"
      })
  void areToldBeforeTheRunWhenNoneCan(String p, String a) throws IOException {
    CommandLineRun run = run(program(p, a));
    assertTrue(run.err().contains("E0216") && !run.err().contains("E0919"), run.err());
  }

  /// No neuron of `A` is joined to itself by `h`.
  private Path program(String p, String a) throws IOException {
    Path file = folder.resolve("program.snn");
    Files.writeString(
        file,
        """
        neuron Cell {
          param p : time in 1 ms .. 20 ms = 10 ms
          param share in 0 ..< 1 = 0.5
          param parts : real[2] in 0 ..< 1 = [0.5, 0.5]
          state v : real = 1
          receive syn(w : real) { v += w }
          v' = -v * share * parts[1] / p
          spike when v > 0.99
          reset { v = 0 }
        }
        synapse Scaled { weight w : real; param a : real in 0 .. 1; on pre { deliver w * a } }
        network Net {
          population A : Cell[3](p: %s)
          connect A -> A.syn as h  all  where pre != post  weight 1  synapse Scaled(a: %s)
        }
        experiment e on Net { step 1 ms; seed 1; run 2 ms }
        """
            .formatted(p, a));
    return file;
  }

  private CommandLineRun run(Path file) {
    return CommandLineRun.of("run", file.toString(), "--out", folder.resolve("runs").toString());
  }

  private CProgram.Ended inC(Path file) throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    return CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), "e")).run();
  }
}
