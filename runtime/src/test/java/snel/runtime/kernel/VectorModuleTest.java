package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
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
      PhiloxVector.fill(Philox.keys(1, 2), 3, 4, 5, vector, 0, 100);
      return Arrays.equals(scalar, vector) ? "works" : "differs";
    }
  }

  @Test
  void itIsLoadedWhenWanted() throws IOException, InterruptedException {
    assertEquals(
        "works",
        ChildJvm.run(Child.class, "--add-exports", "java.base/jdk.internal.module=ALL-UNNAMED"));
  }

  @Test
  void withoutLeaveToLoadItItIsAbsent() throws IOException, InterruptedException {
    assertEquals("absent", ChildJvm.run(Child.class));
  }
}
