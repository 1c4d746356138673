package snel.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import snel.ir.Program;
import snel.target.Artifact;
import snel.target.c.CTarget;
import snel.target.jvm.JvmTarget;

/// Runs a program on the JVM and in C.
///
/// @param folder for the files of the C program
record BothTargets(Path folder) {
  /// Requires that every state is the same after every step.
  void sameStates(Program program, int steps) throws IOException, InterruptedException {
    assumeTrue(hasCompiler(), "gcc is not here: the C target is not run");
    assertEquals(onJvm(program, steps), inC(program, steps));
  }

  private static List<String> onJvm(Program program, int steps) {
    var network = new JvmTarget().build(program);
    List<String> hashes = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      network.run(1);
      hashes.add(HexFormat.of().toHexDigits(network.stateHash()));
    }
    return hashes;
  }

  /// What the C program says when it fails within `steps` steps.
  String failure(Program program, int steps) throws IOException, InterruptedException {
    make(program);
    return run(1, "./" + program.name(), Integer.toString(steps)).strip();
  }

  private List<String> inC(Program program, int steps) throws IOException, InterruptedException {
    make(program);
    List<String> lines =
        run(0, "./" + program.name(), Integer.toString(steps), "--hash").lines().toList();
    return lines.subList(0, steps);
  }

  private void make(Program program) throws IOException, InterruptedException {
    Artifact artifact = new CTarget().translate(program);
    for (Artifact.File file : artifact.files()) {
      Files.writeString(folder.resolve(file.path()), file.text());
    }
    run(0, "make", "-s");
  }

  private String run(int exit, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(exit, process.waitFor(), output);
    return output;
  }

  private static boolean hasCompiler() {
    try {
      return new ProcessBuilder("gcc", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }
}
