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
/// docs/internals/coverage.md anew; `-Dsnel.full`, `-Dprograms=N` and `-Dprograms.hot=N` run more
/// programs.
class RandomProgramsTest {
  private static final int USUAL = 60;
  private static final int PROGRAMS =
      Integer.getInteger("programs", Boolean.getBoolean("snel.full") ? 300 : USUAL);
  private static final int STEPS = 200;
  private static final int HOT_PROGRAMS = Integer.getInteger("programs.hot", 5);
  private static final int HOT_STEPS = 5000;

  @Test
  void everyTargetGivesTheSameBitsAfterEveryStep(@TempDir Path folder) throws IOException {
    List<Program> programs = LongStream.range(0, PROGRAMS).mapToObj(RandomProgram::of).toList();
    programs.forEach(ProgramVerifier::verify);
    List<List<String>> jvm = hashes(programs, JvmTarget.Code.SCALAR);
    List<List<String>> vectors = hashes(programs, JvmTarget.Code.VECTOR);
    assertTrue(jvm.stream().mapToInt(RandomProgramsTest::distinct).average().orElse(0) > 100);
    for (int i = 0; i < PROGRAMS; i++) {
      assertEquals(jvm.get(i), vectors.get(i), programs.get(i).name());
    }
    assumeTrue(CPrograms.isPresent("gcc"), "gcc is not installed: C was not compared");
    List<List<String>> c = inC(folder, programs);
    Coverage coverage = new Coverage(List.of("jvm", "jvm in vectors", "c"));
    for (int i = 0; i < PROGRAMS; i++) {
      assertEquals(jvm.get(i), c.get(i), programs.get(i).name());
      coverage.add(programs.get(i), "jvm");
      coverage.add(programs.get(i), "jvm in vectors");
      coverage.add(programs.get(i), "c");
    }
    assertEquals(List.of(), coverage.missing());
    checkTable(coverage.table());
  }

  /// Some as users compile them, all others quickly.
  private static List<List<String>> inC(Path folder, List<Program> programs) throws IOException {
    int thorough = programs.size() / 10;
    List<List<String>> all = new ArrayList<>();
    all.addAll(
        new CPrograms(Files.createDirectory(folder.resolve("thorough")), "gcc", "-O2")
            .hashes(programs.subList(0, thorough), STEPS));
    all.addAll(
        new CPrograms(Files.createDirectory(folder.resolve("quick")), "gcc", "-O0")
            .hashes(programs.subList(thorough, programs.size()), STEPS));
    return all;
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
    if (PROGRAMS == USUAL) {
      assertEquals(Files.readString(file), text);
    }
  }

  /// Long enough for the just-in-time compiler to have its say.
  @Test
  void hotCodeGivesTheSameBits() {
    for (long seed = 1000; seed < 1000 + HOT_PROGRAMS; seed++) {
      Program program = RandomProgram.of(seed);
      Network scalar = new JvmTarget(JvmTarget.Code.SCALAR).build(program);
      Network vectors = new JvmTarget(JvmTarget.Code.ADAPTIVE).build(program);
      vectors.expect(Long.MAX_VALUE);
      for (int part = 0; part < 10; part++) {
        scalar.run(HOT_STEPS / 10);
        vectors.run(HOT_STEPS / 10);
        assertEquals(scalar.stateHash(), vectors.stateHash(), program.name());
      }
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

  private static List<List<String>> hashes(List<Program> programs, JvmTarget.Code code) {
    return programs.stream().map(program -> hashes(program, code)).toList();
  }

  private static List<String> hashes(Program program, JvmTarget.Code code) {
    Network network = new JvmTarget(code).build(program);
    List<String> hashes = new ArrayList<>();
    hashes.add(String.format("%016x", network.stateHash()));
    for (int step = 0; step < STEPS; step++) {
      network.run(1);
      hashes.add(String.format("%016x", network.stateHash()));
    }
    return hashes;
  }
}
