package snel.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  /// Loops under HotSpot's rules: one is compiled for good after 5,000 calls, or after 600 if these
  /// and the passes of its loops are 15,000 together, and from inside a loop after 40,000 passes.
  /// Of calls the command asks for more.
  private static final class Loops implements VectorLoops {
    int most = 5_000;
    int least = 600;
    int together = 15_000;
    final int[] calls;
    final int[] passes;
    final int[] uses;
    final long[] readyAt;
    final long compileTime;
    long firstCall;
    int latest = -1;
    long now;

    Loops(int number, long compileTime) {
      calls = new int[number];
      passes = new int[number];
      uses = new int[number];
      readyAt = new long[number];
      Arrays.fill(readyAt, Long.MAX_VALUE);
      this.compileTime = compileTime;
    }

    @Override
    public void warmUp(int loop, int from, int to) {
      boolean compiled = now >= readyAt[loop];
      calls[loop]++;
      passes[loop] += from;
      uses[loop] += to > 0 ? 1 : 0;
      now += 40 + (loop == latest ? 0 : firstCall) + (compiled ? to : from * 2L + to * 10_000L);
      latest = loop;
      boolean due =
          calls[loop] >= most || calls[loop] >= least && calls[loop] + passes[loop] >= together;
      if (due && readyAt[loop] == Long.MAX_VALUE) {
        readyAt[loop] = now + compileTime;
      }
    }

    @Override
    public int vectorLoops() {
      return calls.length;
    }

    boolean warmUp() {
      return warmUp(0);
    }

    /// @param share of the time that the compiler has a processor
    boolean warmUp(double share) {
      return new WarmUp(this, () -> now, () -> (long) (now * share), this::pause).run();
    }

    private void pause() {
      latest = -1;
      now += 2_000_000;
    }
  }

  @Test
  void returnsWhenAllLoopsAreCompiled() {
    Loops loops = new Loops(3, 50_000_000);
    assertTrue(loops.warmUp());
    for (int loop = 0; loop < 3; loop++) {
      assertTrue(loops.readyAt[loop] <= loops.now);
    }
    assertTrue(loops.now < 100_000_000, () -> loops.now + " ns");
  }

  /// The code of a loop that others were called after is no longer in the nearest cache.
  @Test
  void isNotMisledByAFirstCall() {
    Loops loops = new Loops(3, 50_000_000);
    loops.firstCall = 1_000;
    assertTrue(loops.warmUp());
    assertTrue(loops.now < 100_000_000, () -> loops.now + " ns");
    for (int loop = 0; loop < 3; loop++) {
      assertTrue(loops.readyAt[loop] <= loops.now);
    }
  }

  @Test
  void usesALoopButLittle() {
    Loops loops = new Loops(1, 50_000_000);
    loops.warmUp();
    assertTrue(loops.uses[0] >= 4 && loops.uses[0] <= 28, () -> loops.uses[0] + " uses");
  }

  @Test
  void doesNotCountSoMuchThatTheCountingIsCompiled() {
    Loops loops = new Loops(1, 0);
    loops.warmUp();
    assertTrue(loops.passes[0] < 40_000, () -> loops.passes[0] + " passes");
  }

  @Test
  void norWhereMoreCallsAreAskedFor() {
    Loops loops = new Loops(1, 0);
    loops.most = 10_000;
    loops.least = 2_000;
    loops.together = 30_000;
    assertTrue(loops.warmUp());
    assertTrue(loops.passes[0] < 40_000, () -> loops.passes[0] + " passes");
  }

  @Test
  void losesPatience() {
    Loops loops = new Loops(2, Long.MAX_VALUE / 2);
    assertFalse(loops.warmUp());
    assertTrue(loops.now < 11_000_000_000L, () -> loops.now + " ns");
  }

  /// Three seconds of work take half a minute if nine others want the processor too.
  @Test
  void waitsForACompilerThatGetsAShareOfTheMachine() {
    Loops loops = new Loops(2, 30_000_000_000L);
    assertTrue(loops.warmUp(0.1));
  }

  @Test
  void givesUpOnACompilerThatDoesNotGetThere() {
    for (double share : new double[] {0.01, 0.1, 1, 16}) {
      Loops loops = new Loops(2, Long.MAX_VALUE / 2);
      assertFalse(loops.warmUp(share));
      assertTrue(loops.now < 131_000_000_000L, () -> loops.now + " ns");
    }
  }

  @Test
  void hasNothingToDoWithoutLoops() {
    Loops loops = new Loops(0, 0);
    loops.warmUp();
    assertEquals(0, loops.now);
  }
}
