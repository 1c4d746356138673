package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamTest {
  /// Parts copy what one thread wrote; then it checks that all have.
  private static final class Copies {
    private final int[] copies;
    private int value;
    private int mismatches;
    private boolean fails;

    Copies(int parts) {
      copies = new int[32 * parts];
    }

    void step(Team team) {
      for (int round = 0; round < 2; round++) {
        for (int at = 0; at < copies.length; at += 32) {
          mismatches += copies[at] == value ? 0 : 1;
        }
        value++;
        team.together();
      }
    }

    void part(int part) {
      if (fails && part == 1) {
        throw new Fault(Fault.Kind.NOT_A_NUMBER, "x", 1);
      }
      copies[32 * part] += 1;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void allWaitForAll(int parts) {
    Copies copies = new Copies(parts);
    Team team = new Team(copies::part, parts);
    for (int stretch = 0; stretch < 5; stretch++) {
      team.wake();
      for (int step = 0; step < 200; step++) {
        copies.step(team);
      }
      team.rest();
    }
    assertEquals(2_000, copies.value);
    assertEquals(0, copies.mismatches);
  }

  /// Each part sees what came after it the last time, whoever did that.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void whatComesAfterAPartIsOverBeforeThePart(int parts) {
    int[] works = new int[32 * parts];
    int[] afters = new int[32 * parts];
    int[] mismatches = new int[32 * parts];
    int[] turn = {0};
    Team team =
        new Team(
            part -> {
              int at = 32 * part;
              mismatches[at] += afters[at] == works[at] ? 0 : 1;
              works[at]++;
              return turn[0] % 3 != 0;
            },
            part -> {
              for (int k = 0; k < 50 * (part + 1); k++) {
                Thread.onSpinWait();
              }
              afters[32 * part]++;
            },
            parts);
    team.wake();
    for (int step = 1; step <= 600; step++) {
      turn[0] = step;
      team.together();
      if (step % 3 == 0) {
        team.settle();
        for (int at = 0; at < afters.length; at += 32) {
          assertEquals(works[at] - 1, afters[at]);
          afters[at]++;
        }
      }
    }
    team.rest();
    for (int at = 0; at < works.length; at += 32) {
      assertEquals(600, works[at]);
      assertEquals(0, mismatches[at]);
    }
  }

  @Test
  void tellsWhatAnotherThreadFound() {
    Copies copies = new Copies(2);
    Team team = new Team(copies::part, 2);
    team.wake();
    copies.step(team);
    copies.fails = true;
    assertSame(Fault.Kind.NOT_A_NUMBER, assertThrows(Fault.class, () -> copies.step(team)).kind());
    copies.fails = false;
    copies.value = 0;
    java.util.Arrays.fill(copies.copies, 0);
    copies.step(team);
    team.rest();
    assertEquals(0, copies.mismatches);
  }

  @Test
  void threadsWithoutWorkEndAndComeAgain() throws InterruptedException {
    Copies copies = new Copies(4);
    Team team = new Team(copies::part, 4);
    team.wake();
    copies.step(team);
    team.rest();
    assertTrue(within(20_000, () -> helpers() == 0), "helpers go on");
    team.wake();
    copies.step(team);
    team.rest();
    assertEquals(0, copies.mismatches);
  }

  private static long helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("snel-part-"))
        .count();
  }

  private static boolean within(long millis, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(50);
    }
    return true;
  }
}
