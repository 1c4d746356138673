package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final String PROGRAM =
      """
      neuron Cell { state v : real = 0; v' = -v / 10 ms; spike when v > 1; reset { v = 0 } }
      network Net { population E : Cell[10] }
      experiment e on Net { step 1 ms; seed 1; run 1 ms }
      """;

  @TempDir private Path folder = Path.of("");
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    Path program = folder.resolve("program.snn");
    Files.writeString(program, PROGRAM);
    file = program.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run", "check", "test", "plan", "compile", "fmt", "explain", "new", "data"})
  void everyCommandTellsHowItIsUsed(String name) {
    CommandLineRun run = CommandLineRun.of(name, "--help");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().startsWith("Usage: snel " + name), run.out());
  }

  @Test
  void planTellsOfEveryPart() {
    CommandLineRun run = CommandLineRun.of("plan", file);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("population E : Cell[10]"), run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "refractory 2 ms holding v, arrivals to it dropped",
    "refractory 2 ms holding v accumulates, 'arrivals to it kept, decayed, to the end'"
  })
  void planTellsWhatBecomesOfArrivalsWhileRefractory(String refractory, String told)
      throws IOException {
    Files.writeString(
        Path.of(file),
        """
        neuron Cell {
          state v : real = 0
          v' = -v / 20 ms
          receive syn(w : real) { v += w }
          spike when v > 1
          reset { v = 0 }
          %s
        }
        network Net { population E : Cell[2]; connect E -> E.syn  all  weight 0.5 }
        experiment e on Net { step 1 ms; seed 1; run 1 ms }
        """
            .formatted(refractory));
    CommandLineRun run = CommandLineRun.of("plan", file);
    assertTrue(run.out().contains("refractory: v held, " + told), run.out());
  }

  @ParameterizedTest
  @CsvSource({
    "v' = (exp(v) + g) / 1 s, '', 'v: Runge-Kutta of order 4, because not linear (g held over the step)'",
    "v' = (exp(v) + g) / 1 s, 'integrate v, g by rk4', 'v, g: Runge-Kutta of order 4, because it is written'",
    "v' = g * g / 1 s, '', 'v: Runge-Kutta of order 4, because the rate of v has no term in v (g held over the step)'",
    "v' = -g * v / 1 s, '', 'v: exponential Euler, because linear once the others are given'",
    "v' = -v / 1 s, 'integrate v by exponential_euler', 'v: exponential Euler, because it is written'"
  })
  void planTellsWhyAMethodIsTaken(String equation, String integrate, String told)
      throws IOException {
    Files.writeString(
        Path.of(file),
        """
        neuron Cell {
          state v : real = 1
          state g : real = 1
          %s
          g' = -g / 20 ms
          %s
        }
        network Net { population E : Cell[2] }
        experiment e on Net { step 1 ms; seed 1; run 1 ms }
        """
            .formatted(equation, integrate));
    CommandLineRun run = CommandLineRun.of("plan", file);
    assertTrue(run.out().contains("  " + told + "\n"), run.out());
  }

  @Test
  void compileWritesAProgramInC() {
    CommandLineRun run =
        CommandLineRun.of("compile", file, "e", "--target", "c", "--out", folder.toString());
    assertEquals(0, run.exit(), run.err());
    assertTrue(Files.exists(folder.resolve("e-c").resolve("Makefile")), run.out());
  }

  @Test
  void whatToMakeIsWrittenAsAShellTakesIt() {
    String spaced = folder.resolve("it's here").toString();
    CommandLineRun run = CommandLineRun.of("compile", file, "e", "--target", "c", "--out", spaced);
    assertEquals(0, run.exit(), run.err());
    String quoted = "'" + folder + "/it'\\''s here/e-c";
    String commands = "make -C " + quoted + "' && " + quoted + "/e'";
    assertTrue(run.out().contains("now: " + commands + "\n"), run.out());
  }

  /// The program that `snel new` begins with is laid out as `fmt` does, and it is not silent.
  @Test
  void theFirstProgramIsAlive() throws IOException {
    Path first = folder.resolve("first.snn");
    Files.writeString(first, NewCommand.program("first"));
    assertEquals(0, CommandLineRun.of("fmt", "--check", first.toString()).exit());
    assertEquals("", CommandLineRun.of("check", first.toString()).err());
    String[] words = {"run", first.toString(), "--out", folder.resolve("runs").toString()};
    CommandLineRun run = CommandLineRun.of(words);
    assertEquals(0, run.exit(), run.out() + run.err());
    assertTrue(run.out().contains("report.html)"), run.out());
    assertTrue(run.out().contains("  expectations: 1 held, 0 failed"), run.out());
    CommandLineRun stored = CommandLineRun.of(words);
    assertEquals(
        run.out().lines().skip(1).toList(), stored.out().lines().skip(1).toList(), "with units");
    assertTrue(stored.out().contains(" Hz"), stored.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"if", "and", "true.snn", "pi"})
  void noProgramIsCalledByAReservedWord(String name) {
    CommandLineRun run = CommandLineRun.of("new", name);
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("is a reserved word"), run.err());
  }

  @Test
  void codesAreExplainedByNumberAndByName() {
    CommandLineRun number = CommandLineRun.of("explain", "e0204");
    assertTrue(number.out().startsWith("# E0204: "), number.out());
    assertEquals(number.out(), CommandLineRun.of("explain", "unlike-comparison").out());
    CommandLineRun unknown = CommandLineRun.of("explain", "E0024");
    assertEquals(2, unknown.exit());
    assertTrue(unknown.err().startsWith("error: there is no code `E0024`"), unknown.err());
  }

  @Test
  void whatASubcommandLacksIsToldWithItsWholeName() {
    CommandLineRun run = CommandLineRun.of("data", "add", "mnist");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("`snel data add --help`"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "compile"})
  void anUnknownExperimentIsTheCommandLinesFault(String name) {
    CommandLineRun run = CommandLineRun.of(name, file, "f");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("there is no experiment `f`"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "compile"})
  void aSweepIsToldFromAnExperiment(String name) throws IOException {
    Files.writeString(
        Path.of(file),
        PROGRAM + "sweep seeds over e.seed in 1 .. 2 { run e; report table(e.seed) }\n");
    CommandLineRun run = CommandLineRun.of(name, file, "seeds");
    assertEquals(2, run.exit());
    assertTrue(run.err().contains("`seeds` is a sweep; it runs `e`"), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--checkpoint-every 0; a number of seconds above 0",
        "--checkpoint-every -5; a number of seconds above 0",
        "--seed 4294967296; a seed lies in 0 ..< 4294967296",
        "--seed 99999999999999999999; a seed lies in 0 ..< 4294967296",
        "--seed -1; a seed lies in 0 ..< 4294967296",
        "--seed 1.5; `1.5` is no whole number"
      })
  void numbersOfOptionsHaveTheirRanges(String line) {
    String[] parts = line.split("; ");
    String[] option = parts[0].split(" ");
    CommandLineRun run = CommandLineRun.of("run", file, "e", option[0], option[1]);
    assertEquals(2, run.exit(), run.out());
    assertTrue(run.err().contains(parts[1]), run.err());
  }

  @Test
  void anExpectedErrorThatDoesNotComeIsToldFromAnotherThatDoes() throws IOException {
    Files.writeString(
        Path.of(file),
        PROGRAM
            + """
            test "right" {
              expect error E0203 { neuron Twin extends Cell { state w : real = 0; w' = v } }
              expect error E0402 {
                network Pairs { population A : Cell[3]; population B : Hearing[5]
                  connect A -> B.exc one_to_one weight 1 }
                neuron Hearing extends Cell { receive exc(w : real) { v += w } }
              }
              expect error E0520 {
                network Other { population A : Cell[3] }
                experiment f on Other from e { run 1 ms }
              }
            }
            test "wrong" {
              expect error E0204 { neuron Fine extends Cell { } }
              expect error E0205 {
                neuron Bad extends Cell {
                  event high when v > 1 mV
                }
              }
              expect error E0204 { neuron Worse extends Cell { let a = u; event high when v > 1 mV } }
            }
            """);
    CommandLineRun run = CommandLineRun.of("test", file);
    assertEquals(3, run.exit(), run.err());
    assertEquals(
        """
        ok      right
        FAILED  wrong
                FILE:17: expected error E0204, but nothing was refused
                FILE:18: expected error E0205, but got another error
                  line 20: E0204: cannot compare a plain number with a voltage
                FILE:23: expected error E0204 alone, but there is another error as well
                  line 23: E0108: unknown name `u`
        1 passed, 1 failed
        """
            .replace("FILE", file),
        run.out());
  }

  @Test
  void anExpectedErrorHasACodeThatExists() throws IOException {
    Files.writeString(
        Path.of(file),
        PROGRAM + "test \"t\" { expect error E0999 { neuron A extends Cell { } } }\n");
    CommandLineRun run = CommandLineRun.of("check", file);
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("error[E0121]: no fault has the code `E0999`"), run.err());
  }

  @Test
  void aProgramIsCheckedAsTheCommandLineSetsIt() throws IOException {
    Files.writeString(
        Path.of(file),
        """
        neuron Cell { state v : real = 0; v' = -v / 10 ms }
        network Net { population A : Cell[4] }
        experiment e on Net {
          step 1 ms
          param length = 5 ms
          let chance = uniform(0, 1)
          run length
          report x = chance
        }
        """);
    CommandLineRun run = CommandLineRun.of("check", file);
    assertTrue(run.err().contains("error[E0305]"), run.err());
    CommandLineRun seeded = CommandLineRun.of("check", file, "--seed", "7");
    assertEquals(0, seeded.exit(), seeded.err());
    CommandLineRun off = CommandLineRun.of("check", file, "--seed", "7", "--set", "length=1.5 ms");
    assertTrue(off.err().contains("error[E0301]"), off.err());
    CommandLineRun unknown = CommandLineRun.of("check", file, "--seed", "7", "--set", "lenth=1 ms");
    assertEquals(1, unknown.exit());
    assertTrue(unknown.err().contains("`lenth`"), unknown.err());
  }

  @Test
  void aFolderThatMayNotBeReadIsNamed(@TempDir Path programs) throws IOException {
    Path closed = Files.createDirectory(programs.resolve("closed"));
    assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "may read all");
    CommandLineRun run = CommandLineRun.of("test", programs.toString());
    assertEquals(4, run.exit());
    assertEquals("error[E0902]: cannot read " + closed + ": no permission\n", run.err());
  }
}
