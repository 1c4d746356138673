package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import snel.runtime.data.Npz;
import snel.runtime.data.NumberArray;

/// Weights that C programs load: the network is then the same as on the JVM.
class LoadedInCTest {
  private static final String PROGRAM =
      LearningModels.TEXT
          + """
          network Net {
            population A : Cell[12]
            population B : Cell[7]
            connect A -> B.syn as some    bernoulli(0.4)  weight uniform(0.5 mV, 2 mV)  delay 1 ms  synapse Learns
            connect A -> A.syn as others  all where pre != post  weight 0.7 mV  delay 1 ms  synapse Learns
            connect B -> B.syn as full    all  weight 0.3 mV  delay 1 ms
            protocol on(time : time) {
              A.drive = 3 nA
              run time
            }
          }
          experiment saves on Net {
            step 0.1 ms; seed 3
            for pass in 1 .. 2 { do on(30 ms); save "by/pass/{pass}.npz" }
            load "by/pass/1.npz"
            do on(20 ms)
            report some.w, others.w, full.w, A.theta, count(A)
          }
          experiment follows on Net from saves {
            load "by/pass/2.npz"
            do on(20 ms)
            report some.w, others.w, full.w, A.theta, count(A)
          }
          experiment given on Net {
            step 0.1 ms; seed 3
            load "given.npz"
            do on(20 ms)
            report some.w, others.w, full.w, A.theta, count(A)
          }
          experiment other_seed on Net { step 0.1 ms; seed 4; load "by/pass/2.npz" }
          """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void gccIsHere() {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
  }

  private Path program() throws IOException {
    Path file = folder.resolve("loading.snn");
    Files.writeString(file, PROGRAM);
    return file;
  }

  private void given(Map<String, NumberArray> arrays) throws IOException {
    Files.write(folder.resolve("given.npz"), Npz.toBytes(arrays));
  }

  private CommandLineRun onJvm(Path file, String experiment) {
    String runs = folder.resolve("runs").toString();
    return CommandLineRun.of("run", file.toString(), experiment, "--format", "json", "--out", runs);
  }

  private CProgram inC(Path file, String experiment) {
    return CProgram.of(folder.resolve("c"), "-O1", List.of(file.toString(), experiment));
  }

  private void assertAlike(Path file, String experiment) {
    CommandLineRun onJvm = onJvm(file, experiment);
    assertEquals(0, onJvm.exit(), onJvm.err());
    assertEquals(onJvm.results(), inC(file, experiment).runs().getLast().results());
  }

  /// What the program saved itself, and what the experiment before saved.
  @ParameterizedTest
  @CsvSource({"saves", "follows"})
  void whatWasSaved(String experiment) throws IOException {
    assertAlike(program(), experiment);
  }

  /// A file that something else wrote: packed, single numbers, some outside the range, some arrays
  /// of another network, others missing. The same warnings.
  @Test
  void whatLiesBesideTheProgram() throws IOException {
    Map<String, NumberArray> arrays = new LinkedHashMap<>();
    float[] thetas = {0.5f, 1.25f, -1, 7, 0, 1, 2, 3, 1, 1, 1, 0.1f};
    double[] weights = new double[7 * 7];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = 0.1 + k / 300.0;
    }
    arrays.put("A.theta", NumberArray.of(thetas, thetas.length));
    arrays.put("strange", NumberArray.of(thetas, thetas.length));
    arrays.put("full.w", NumberArray.of(weights, 7, 7));
    given(arrays);
    Path file = program();
    assertAlike(file, "given");
    Files.move(folder.resolve("c"), folder.resolve("made"));
    List<String> told = warnings(inC(file, "given").run().err());
    assertEquals(2, told.size());
    String err =
        CommandLineRun.of(
                "run", file.toString(), "given", "--fresh", "--out", folder.resolve("r").toString())
            .err();
    String place = folder.toString() + "/";
    assertEquals(warnings(err.replace(place, "")), told);
  }

  private static List<String> warnings(String err) {
    return err.lines()
        .filter(line -> line.startsWith("warning: ") && !line.contains("W0"))
        .map(line -> line.replaceFirst("^warning: [^:]*:", ""))
        .sorted()
        .toList();
  }

  /// Sizes, shapes and numbers that cannot be, and files of another network, in the words of the
  /// JVM.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A.theta | 3    | 1   | `A.theta`: expected 12 numbers; found 3
          full.w  | 1,49 | 1   | `full.w`: expected an array of shape [7, 7]; found one of shape [1, 49]
          A.theta | 12   | NaN | `A.theta`: expected numbers; found NaN as number 0 (counted from 0)
          w       | 2    | 1   | : expected weights of this network; found w
          """)
  void whatDoesNotFit(String name, String shape, double value, String said) throws IOException {
    int[] lengths = List.of(shape.split(",")).stream().mapToInt(Integer::parseInt).toArray();
    int count = 1;
    for (int length : lengths) {
      count *= length;
    }
    double[] numbers = new double[count];
    Arrays.fill(numbers, value);
    given(Map.of(name, NumberArray.of(numbers, lengths)));
    Path file = program();
    CommandLineRun onJvm = onJvm(file, "given");
    assertEquals(1, onJvm.exit(), onJvm.out());
    assertTrue((onJvm.out() + onJvm.err()).contains(said), onJvm.out() + onJvm.err());
    CProgram.Ended inC = inC(file, "given").run();
    assertEquals(1, inC.exit());
    assertTrue(inC.err().contains(said), inC.err());
  }

  /// A file that is nowhere when the program is written may be saved by the time it is loaded.
  @Test
  void whatIsNowhere() throws IOException {
    CProgram.Ended inC = inC(program(), "other_seed").run();
    assertEquals(1, inC.exit());
    assertTrue(inC.err().contains("by/pass/2.npz: expected an NPZ archive"), inC.err());
  }

  @Test
  void synapsesOfAnotherSeed() throws IOException {
    Path file = program();
    assertEquals(0, onJvm(file, "saves").exit());
    Path saved;
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      saved = all.filter(path -> path.endsWith("pass/2.npz")).findFirst().orElseThrow();
    }
    Files.createDirectories(folder.resolve("by/pass"));
    Files.copy(saved, folder.resolve("by/pass/2.npz"));
    CommandLineRun onJvm = onJvm(file, "other_seed");
    CProgram.Ended inC = inC(file, "other_seed").run();
    assertEquals(1, onJvm.exit());
    assertEquals(1, inC.exit());
    String said = inC.err().lines().findFirst().orElseThrow().replaceFirst(".*`some`", "`some`");
    assertTrue(said.startsWith("`some`: expected "), inC.err());
    assertTrue((onJvm.out() + onJvm.err()).contains(said), onJvm.out() + onJvm.err());
  }

  /// Where synapses come and go, those of the archive are put in their place.
  @Test
  void synapsesThatComeAndGo() throws IOException {
    Path file = folder.resolve("grown.snn");
    Files.writeString(file, LoadedWiringTest.PROGRAM);
    assertEquals(0, onJvm(file, "grow").exit());
    Path saved;
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      saved = all.filter(path -> path.endsWith("grown.npz")).findFirst().orElseThrow();
    }
    Files.copy(saved, folder.resolve("grown.npz"));
    assertAlike(file, "again");
    assertFalse(onJvm(file, "again").results().isEmpty());
  }
}
