package snel.runtime.kernel;

import java.lang.management.ManagementFactory;
import java.time.Duration;
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
  /// So many more calls than passes of the counting that a method is due for its last stage as a
  /// whole, not from inside that loop: it would be compiled twice.
  private static final int CALLS_PER_ROUND = 100;

  /// Enough that an earlier stage, which counts one by one, takes several times as long as the call.
  private static final int COUNT = 2000;

  private static final int ROUNDS_PER_CHECK = 16;

  /// A loop that was never entered would be compiled as one that never is, so it is used in rounds
  /// that are a power of two: at least once in each of the compiler's stages but the first. One that
  /// did little is left alone: below some forty passes the compiler takes no branch for a sure one.
  /// And each use is slow, and has what vectors fall back on compiled.
  private static final int FIRST_USE = 8;

  private static final int VECTORS_PER_USE = 2;

  /// After so many rounds the compiler has seen enough and only needs time.
  private static final int ROUNDS_WITHOUT_PAUSE = 100;

  private static final long PAUSE_MILLIS = 2;

  /// On a busy machine the compiler gets but a share of the time. So after a first while it has as
  /// much in processor time, if it works in every further while at all.
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private static final long SIGN_OF_LIFE_NANOS = PATIENCE_NANOS / 100;
  private static final long LIMIT_NANOS = 24 * PATIENCE_NANOS;

  /// Clocks may be as coarse as this.
  private static final long RESOLUTION_NANOS = 100;

  /// A measurement may be wrong if the machine is busy; so many in a row are not.
  private static final int CHECKS = 3;

  private final VectorLoops loops;
  private final LongSupplier clock;
  private final LongSupplier work;
  private final Runnable pause;

  /// @param clock nanoseconds
  /// @param work nanoseconds of processor time of all threads but this, the compiler's among them
  /// @param pause gives the compiler time
  WarmUp(VectorLoops loops, LongSupplier clock, LongSupplier work, Runnable pause) {
    this.loops = loops;
    this.clock = clock;
    this.work = work;
    this.pause = pause;
  }

  /// Whether all of them are fast, which they are not where ten seconds, or five of the compiler,
  /// did not suffice or nothing is compiled: a JVM may have been told to do without its last
  /// compiler.
  public static boolean of(VectorLoops loops) {
    return new WarmUp(loops, System::nanoTime, WarmUp::workOfOthers, WarmUp::sleep).run();
  }

  boolean run() {
    List<Integer> cold = new ArrayList<>();
    for (int loop = 0; loop < loops.vectorLoops(); loop++) {
      cold.add(loop);
    }
    var patience = new Patience();
    for (int round = 0; !cold.isEmpty() && patience.lasts(); round++) {
      if (round >= ROUNDS_WITHOUT_PAUSE) {
        pause.run();
      }
      for (int loop : cold) {
        call(loop, round);
      }
      if (round % ROUNDS_PER_CHECK == ROUNDS_PER_CHECK - 1) {
        cold.removeIf(this::isCompiled);
      }
    }
    return cold.isEmpty();
  }

  private final class Patience {
    private final long start = clock.getAsLong();
    private long looked = start;
    private long workAtLook;
    private long workLeft = PATIENCE_NANOS;

    boolean lasts() {
      long now = clock.getAsLong();
      if (now - looked < PATIENCE_NANOS) {
        return true;
      }
      boolean isFirst = looked == start;
      long before = workAtLook;
      looked = now;
      workAtLook = work.getAsLong();
      if (isFirst) {
        return true;
      }
      long done = workAtLook - before;
      workLeft -= done;
      return done >= SIGN_OF_LIFE_NANOS && workLeft > 0 && now - start < LIMIT_NANOS;
    }
  }

  private void call(int loop, int round) {
    if (round >= FIRST_USE && Integer.bitCount(round) == 1) {
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

  private static long workOfOthers() {
    long all = ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    return all - ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
