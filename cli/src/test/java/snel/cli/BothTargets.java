package snel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Programs as they run on the JVM and in C.
final class BothTargets {
  private BothTargets() {}

  /// Runs experiment `e` on both targets, which give the same.
  ///
  /// @param folder for the program and what comes of it
  /// @return the last run of its chain
  static ProgramRun alike(Path folder, String text) throws IOException {
    assumeTrue(CProgram.canBeMade(), "gcc or make is absent: no C program is made");
    Path file = folder.resolve("program.snn");
    Files.writeString(file, text);
    List<ProgramRun> onJvm = new JvmProgram(file, Map.of()).runs("e");
    List<String> arguments = List.of(file.toString(), "e");
    assertEquals(onJvm, CProgram.of(folder.resolve("c"), "-O0", arguments).runs());
    return onJvm.getLast();
  }
}
