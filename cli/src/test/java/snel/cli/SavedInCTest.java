package snel.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataFile;
import snel.runtime.data.Npz;
import snel.runtime.data.Numbers;

/// Archives that C programs save.
class SavedInCTest {
  private static final String LEARNING =
      LearningModels.TEXT
          + """
          network Net {
            population A : Cell[12]
            population B : Cell[7]
            connect A -> B.syn as some   bernoulli(0.4)  weight uniform(0.5 mV, 2 mV)  delay 1 ms  synapse Learns
            connect A -> A.syn as others all  where pre != post  weight 0.7 mV  delay 1 ms  synapse Learns
            connect B -> B.syn as full   all  weight 0.3 mV  delay 1 ms
          }
          experiment trains on Net {
            step 0.1 ms; seed 3
            A.drive = 3 nA
            for pass in 1 .. 2 { run 40 ms; save %s }
            report count(A)
          }
          """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void gccIsHere() {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
  }

  private CProgram program(String name) throws IOException {
    Path file = folder.resolve("learning.snn");
    Files.writeString(file, LEARNING.formatted(name));
    return CProgram.of(folder.resolve("c"), "-O0", List.of(file.toString(), "trains"));
  }

  private static ArrayFile arrays(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Path found = files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
      return Npz.read(DataFile.at(found));
    }
  }

  private static double[] values(ArrayFile arrays, String name) {
    Numbers values = Objects.requireNonNull(arrays.get(name)).values();
    return IntStream.range(0, values.length()).mapToDouble(values::real).toArray();
  }

  @Test
  void haveTheArraysThatARunSaves() throws IOException {
    CProgram program = program("\"by/pass/{pass}.npz\"");
    Path own = folder.resolve("made/own");
    CProgram.Ended ended = program.run("--out", own.toString());
    assertEquals(0, ended.exit(), ended.err());
    Path runs = folder.resolve("runs");
    String file = folder.resolve("learning.snn").toString();
    CommandLineRun onJvm = CommandLineRun.of("run", file, "trains", "--out", runs.toString());
    assertEquals(0, onJvm.exit(), onJvm.err());
    for (String name : List.of("pass/1.npz", "pass/2.npz")) {
      ArrayFile wanted = arrays(runs, name);
      ArrayFile found = arrays(own, name);
      assertEquals(wanted.names(), found.names());
      for (String array : wanted.names()) {
        assertArrayEquals(values(wanted, array), values(found, array), array);
      }
    }
    assertEquals(7, arrays(own, "pass/1.npz").names().size());
  }

  @Test
  void lieInTheFolderThatWasMeant() throws IOException {
    CProgram.Ended outside = program("\"{pass}/../../w.npz\"").run();
    assertEquals(1, outside.exit());
    assertTrue(outside.err().contains("`1/../../w.npz` lies outside of it"), outside.err());
    Path file = Files.writeString(folder.resolve("no"), "a file");
    CProgram.Ended nowhere = program("\"w.npz\"").run("--out", file.toString());
    assertEquals(1, nowhere.exit());
    assertTrue(nowhere.err().contains("w.npz: Not a directory"), nowhere.err());
    assertTrue(nowhere.err().contains("while doing `save"), nowhere.err());
  }
}
