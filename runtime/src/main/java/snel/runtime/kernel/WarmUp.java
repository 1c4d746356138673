package snel.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Gets methods that do loops in vectors compiled before they are used.
///
/// Until the just-in-time compiler has compiled such a method as a whole, each of its vectors is an
/// object and each operation a chain of calls, hundreds of times slower, and so hot that the
/// compiler turns to those calls first. So the methods are called here as often as the compiler
/// wants to see, almost always with nothing to do. That one is ready shows in that it counts down
/// from any number in no time: only the last stage of the compiler sees that the counting is in
/// vain.
public final class WarmUp {
  /// With [#COUNT] and the thresholds of HotSpot's tiers: in some thirty rounds a method is due for
  /// its last stage, long before the counting alone would be.
  private static final int CALLS_PER_ROUND = 24;

  private static final int COUNT = 500;

  /// A loop that was never entered would be compiled as one that never is. One that did little is
  /// left alone: below some forty passes the compiler takes no branch for a sure one.
  private static final int ROUNDS_PER_USE = 7;

  private static final int VECTORS_PER_USE = 2;

  /// After so many rounds the compiler has seen enough and only needs time.
  private static final int ROUNDS_WITHOUT_PAUSE = 40;

  private static final long PAUSE_MILLIS = 2;
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  /// Clocks may be as coarse as this.
  private static final long RESOLUTION_NANOS = 100;

  /// A measurement may be wrong if the machine is busy; so many in a row are not.
  private static final int CHECKS = 3;

  private final VectorLoops loops;
  private final LongSupplier clock;
  private final Runnable pause;

  /// @param clock nanoseconds
  /// @param pause gives the compiler time
  WarmUp(VectorLoops loops, LongSupplier clock, Runnable pause) {
    this.loops = loops;
    this.clock = clock;
    this.pause = pause;
  }

  /// Whether all of them are fast, which they are not where ten seconds did not suffice: a JVM may
  /// have been told to do without its last compiler.
  public static boolean of(VectorLoops loops) {
    return new WarmUp(loops, System::nanoTime, WarmUp::sleep).run();
  }

  boolean run() {
    List<Integer> cold = new ArrayList<>();
    for (int loop = 0; loop < loops.vectorLoops(); loop++) {
      cold.add(loop);
    }
    long start = clock.getAsLong();
    for (int round = 0; !cold.isEmpty() && clock.getAsLong() - start < PATIENCE_NANOS; round++) {
      if (round >= ROUNDS_WITHOUT_PAUSE) {
        pause.run();
      }
      for (int loop : cold) {
        call(loop, round);
      }
      cold.removeIf(this::isCompiled);
    }
    return cold.isEmpty();
  }

  private void call(int loop, int round) {
    if (round % ROUNDS_PER_USE == 0) {
      loops.warmUp(loop, 0, VECTORS_PER_USE);
    }
    for (int call = 0; call < CALLS_PER_ROUND; call++) {
      loops.warmUp(loop, 0, 0);
    }
  }

  private boolean isCompiled(int loop) {
    for (int check = 0; check < CHECKS; check++) {
      if (time(loop, COUNT) > 2 * time(loop, 0) + RESOLUTION_NANOS) {
        return false;
      }
    }
    return true;
  }

  private long time(int loop, int count) {
    long start = clock.getAsLong();
    loops.warmUp(loop, count, 0);
    return clock.getAsLong() - start;
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
