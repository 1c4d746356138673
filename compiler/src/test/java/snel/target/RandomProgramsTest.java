package snel.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
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

class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("snel.random.programs", 300);
  private static final int STEPS = 200;

  @Test
  void everyTargetGivesTheSameBitsAfterEveryStep(@TempDir Path folder) {
    List<Program> programs = LongStream.range(0, PROGRAMS).mapToObj(RandomProgram::of).toList();
    programs.forEach(ProgramVerifier::verify);
    List<List<String>> jvm = programs.stream().map(RandomProgramsTest::hashes).toList();
    assumeTrue(CPrograms.isPresent("gcc"), "gcc is not installed: C was not compared");
    List<List<String>> c = new CPrograms(folder, "gcc").hashes(programs, STEPS);
    for (int i = 0; i < PROGRAMS; i++) {
      assertEquals(jvm.get(i), c.get(i), programs.get(i).name());
    }
  }

  @Test
  void everyProgramSurvivesItsText() {
    for (long seed = 0; seed < 50; seed++) {
      String text = ProgramPrinter.print(RandomProgram.of(seed));
      assertEquals(text, ProgramPrinter.print(ProgramReader.read(text)));
    }
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
