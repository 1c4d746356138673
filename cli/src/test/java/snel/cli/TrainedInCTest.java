package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// C programs that begin with what experiments left that C cannot do.
class TrainedInCTest {
  private static final String CELLS =
      """
      import std.decode.{LinearSvm, MaxPotential, ResponseLabels, Ridge}

      neuron Cell {
        param tau = 9.5 ms
        state v : real = 0
        state bias : real = 0.02
        v' = (bias - v) / tau
        receive syn(w : real) { v += w }
        spike when v > 1
        reset { v -= 1 }
      }
      neuron Sum {
        state v : real = 0
        v' = -v / 9.5 ms
        receive syn(w : real) { v += w }
      }
      """;

  private static final String TRAINED =
      CELLS
          + """
          network Net {
            input drive : real[6] = 0
            population x : Relay[6](drive: drive)
            population h : Cell[20]
            population y : Sum[3]
            connect x -> h as first  all  weight kaiming()  delay to_step(uniform(1 ms, 3 ms))
            connect h -> y as last   all  weight kaiming()  instant
            readout digit : MaxPotential(y)
            readout named : ResponseLabels(h, classes: 3)
            readout ridge : Ridge(filtered(h, tau: 9 ms), classes: 3)
            readout machine : LinearSvm(h.spiked, classes: 3)
            protocol show(k : int) { reset all; present drive = [1, 0.3, 0.2 * k, 0.8, 0.1 * k, 1 - 0.4 * k] for 12 ms }
          }
          neuron Relay {
            input drive : real
            state v : real = 0
            v' = drive / 2 ms
            spike when v > 1
            reset { v = 0 }
          }
          experiment learn on Net {
            step 1 ms; seed 3
            train by bptt(surrogate: fast_sigmoid(slope: 5)) with adam(5e-3)
            for pass in 1 .. 4 {
              for k in 0 .. 2 {
                do show(k)
                minimise cross_entropy(mean_over_time(y.v), k)
              }
            }
          }
          experiment teach on Net from learn {
            freeze all
            for k in 0 .. 2 { do show(k); fit machine to k }
          }
          experiment label on Net from teach {
            freeze all
            for k in 0 .. 2 { do show(k); fit named to k; fit ridge to k }
            run 7 ms
          }
          experiment evaluate on Net from label {
            freeze all
            record h.v, y.v, h.spikes
            run 5 ms
            for k in 0 .. 2 { do show(k); score digit against k; score named against k; score ridge against k; score machine against k }
            report accuracy(digit), second = accuracy(named), accuracy(ridge), accuracy(machine), first.w, last.w
          }
          """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void gccIsHere() {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
  }

  /// The weights that were learnt, spikes on their way, labels, and draws by the number of the
  /// presentation.
  @Test
  void goesOnFromWhatWasTrained() throws IOException {
    Path file = folder.resolve("trained.snn");
    Files.writeString(file, TRAINED);
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("evaluate");
    assertEquals(4, onJvm.size());
    List<ProgramRun> inC = program(file, "evaluate").runs();
    assertEquals(onJvm.subList(2, 4), inC);
    assertTrue(inC.getLast().spikeCounts().getOrDefault("h", 0L) > 10, inC.toString());
  }

  /// Weights that an experiment takes from an archive, and what read-outs have learnt before that.
  @ParameterizedTest
  @CsvSource({"again, 3", "loaded, 4"})
  void goesOnFromWhatWasSaved(String experiment, int ownRuns) throws IOException {
    Path file = folder.resolve("saved.snn");
    Files.writeString(
        file,
        TRAINED
            + """
            experiment saves on Net from label { save "w.npz" }
            experiment again on Net from saves {
              freeze all
              for k in 0 .. 2 { do show(k); score named against k; score ridge against k; score machine against k }
              report first_ridge = accuracy(ridge), first_machine = accuracy(machine), count(h), first.w, last.w
              for k in 0 .. 2 { do show(k); fit ridge to 2 - k }
              for k in 0 .. 2 { do show(k); score named against k; score ridge against k }
              report accuracy(named), accuracy(ridge)
            }
            experiment fills on Net from saves { load "w.npz" }
            experiment loaded on Net from fills {
              freeze all
              for k in 0 .. 2 { do show(k); score digit against k; score ridge against k; score machine against k }
              report accuracy(digit), accuracy(ridge), accuracy(machine), count(h), first.w, last.w
            }
            """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", file.toString(), experiment, "--format", "json", "--out", runs().toString());
    assertEquals(0, run.exit(), run.err());
    List<ProgramRun> inC = program(file, experiment).runs();
    assertEquals(ownRuns, inC.size());
    assertEquals(run.results(), inC.getLast().results());
  }

  /// A program whose data were changed or lost says so.
  @Test
  void tellsThatItsBeginningIsGone() throws IOException {
    Path file = folder.resolve("trained.snn");
    Files.writeString(file, TRAINED);
    CProgram program = program(file, "label");
    Path state = program.folder().resolve("data").resolve("teach.state");
    Files.write(state, new byte[7]);
    CProgram.Ended cut = program.run();
    assertEquals(1, cut.exit());
    assertTrue(cut.err().contains("teach.state has 7 bytes, not "), cut.err());
    Files.delete(state);
    CProgram.Ended gone = program.run();
    assertEquals(1, gone.exit());
    assertTrue(gone.err().contains("teach.state: No such file"), gone.err());
  }

  /// What the last experiment itself asks for has nowhere else to be done.
  @Test
  void refusesWhatTheLastExperimentAsksFor() throws IOException {
    Path file = folder.resolve("trained.snn");
    Files.writeString(file, TRAINED);
    CommandLineRun refused =
        CommandLineRun.of("compile", "--target", "c", file.toString(), "learn");
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("start this one `from` it"), refused.err());
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private CProgram program(Path file, String experiment) {
    return CProgram.of(
        folder.resolve("c"),
        "-O0",
        List.of(file.toString(), experiment, "--runs", runs().toString()));
  }
}
