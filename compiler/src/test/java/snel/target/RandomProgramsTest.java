package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.ir.text.ProgramReader;
import snel.ir.verify.ProgramVerifier;
import snel.runtime.kernel.Network;
import snel.target.c.CPrograms;
import snel.target.jvm.JvmTarget;

/// Every target gives every program the same bits. `-Dcoverage.update` writes the table of
/// docs/internals/coverage.md anew; `-Dprograms=N` runs more programs.
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("programs", 300);
  private static final int STEPS = 200;

  @Test
  void everyTargetGivesTheSameBitsAfterEveryStep(@TempDir Path folder) throws IOException {
    List<Program> programs = LongStream.range(0, PROGRAMS).mapToObj(RandomProgram::of).toList();
    programs.forEach(ProgramVerifier::verify);
    List<List<String>> jvm = programs.stream().map(RandomProgramsTest::hashes).toList();
    assertTrue(jvm.stream().mapToInt(RandomProgramsTest::distinct).average().orElse(0) > 100);
    assumeTrue(CPrograms.isPresent("gcc"), "gcc is not installed: C was not compared");
    List<List<String>> c = new CPrograms(folder, "gcc").hashes(programs, STEPS);
    Coverage coverage = new Coverage(List.of("jvm", "c"));
    for (int i = 0; i < PROGRAMS; i++) {
      assertEquals(jvm.get(i), c.get(i), programs.get(i).name());
      coverage.add(programs.get(i), "jvm");
      coverage.add(programs.get(i), "c");
    }
    assertEquals(List.of(), coverage.missing());
    checkTable(coverage.table());
  }

  private static void checkTable(String table) throws IOException {
    Path file = Path.of("..", "docs", "internals", "coverage.md");
    String text =
        """
        # What random programs covered

        Each construct of the IR, and how many of the %d seeded random programs that had it gave \
        the same state hash after each of %d steps on every target. Written by \
        `RandomProgramsTest` with `-Dcoverage.update`; the test fails where a cell is empty.

        """
                .formatted(PROGRAMS, STEPS)
            + table;
    if (System.getProperty("coverage.update") != null) {
      Files.writeString(file, text);
    }
    if (PROGRAMS == 300) {
      assertEquals(Files.readString(file), text);
    }
  }

  @Test
  void everyProgramSurvivesItsText() {
    for (long seed = 0; seed < 50; seed++) {
      String text = ProgramPrinter.print(RandomProgram.of(seed));
      assertEquals(text, ProgramPrinter.print(ProgramReader.read(text)));
    }
  }

  /// Programs that do nothing would prove nothing.
  private static int distinct(List<String> hashes) {
    return new HashSet<>(hashes).size();
  }

  private static List<String> hashes(Program program) {
    Network network = new JvmTarget().build(program);
    List<String> hashes = new ArrayList<>();
    hashes.add(String.format("%016x", network.stateHash()));
    for (int step = 0; step < STEPS; step++) {
      network.run(1);
      hashes.add(String.format("%016x", network.stateHash()));
    }
    return hashes;
  }
}
