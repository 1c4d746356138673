package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import snel.ir.Program;
import snel.target.c.CPrograms;
import snel.target.c.MadeProgram;
import snel.target.jvm.JvmTarget;

/// Runs a program on the JVM and in C.
///
/// @param folder for the files of the C program
record BothTargets(Path folder) {
  /// Requires that every state is the same after every step.
  void sameStates(Program program, int steps) {
    assumeTrue(CPrograms.isPresent("gcc") && CPrograms.isPresent("make"), "gcc or make is absent");
    assertEquals(onJvm(program, steps), inC(program, steps));
  }

  private static List<String> onJvm(Program program, int steps) {
    var network = new JvmTarget().build(program);
    program.binds().forEach(kernel -> network.call(kernel.name()));
    List<String> hashes = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      network.run(1);
      hashes.add(HexFormat.of().toHexDigits(network.stateHash()));
    }
    return hashes;
  }

  /// What the C program says when it fails within `steps` steps.
  String failure(Program program, int steps) {
    return MadeProgram.running(folder, program, steps, List.of()).run().err();
  }

  private List<String> inC(Program program, int steps) {
    MadeProgram made = MadeProgram.running(folder, program, steps, List.of());
    return made.run("--hash", "step").out().stream()
        .filter(line -> line.startsWith("hash\t"))
        .map(line -> line.substring(line.lastIndexOf('\t') + 1))
        .toList();
  }
}
