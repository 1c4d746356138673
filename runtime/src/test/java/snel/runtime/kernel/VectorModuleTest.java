package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import snel.runtime.rng.Philox;
import snel.runtime.rng.PhiloxVector;

/// The module as JVMs see it that were started without it.
class VectorModuleTest {
  /// What runs in those.
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      boolean present = VectorModule.isPresent();
      System.out.print(present ? sameWords() : "absent");
    }

    private static String sameWords() {
      int[] scalar = new int[100];
      int[] vector = new int[100];
      Philox.fill(1, 2, 3, 4, 5, scalar, 0, 100);
      PhiloxVector.fill(1, 2, 3, 4, 5, vector, 0, 100);
      return Arrays.equals(scalar, vector) ? "works" : "differs";
    }
  }

  @Test
  void itIsLoadedWhenWanted() throws IOException, InterruptedException {
    assertEquals("works", child("--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED"));
  }

  @Test
  void withoutLeaveToLoadItItIsAbsent() throws IOException, InterruptedException {
    assertEquals("absent", child());
  }

  private static String child(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }
}
