package snel.runtime.kernel;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
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
  /// At first the compiler is to take notice. So many more calls than passes of the counting make a
  /// method due for its last stage as a whole, not from inside that loop: it would be compiled
  /// twice.
  private static final int EAGER_ROUNDS = 16;

  private static final int EAGER_CALLS = 200;

  /// After that it only needs time, or more of the same if there is much for it to do.
  private static final int PATIENT_CALLS = 56;

  private static final int PATIENT_ROUNDS_PER_USE = 4;
  private static final int PATIENT_ROUNDS_PER_CHECK = 12;

  /// Enough that an earlier stage, which counts one by one, takes several times as long as the
  /// call.
  private static final int COUNT = 2000;

  /// A loop that was never entered would be compiled as one that never is, and what a loop calls
  /// that is entered in fewer than one of 118 calls would stay apart. One that did little is left
  /// alone: below some forty passes the compiler takes no branch for a sure one.
  private static final int VECTORS_PER_USE = 2;

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

  /// Warms up in a thread of its own; what fails there is not fast.
  public static CompletableFuture<Boolean> aside(BooleanSupplier warmUp) {
    return CompletableFuture.supplyAsync(
            warmUp::getAsBoolean,
            work -> Thread.ofPlatform().daemon().name("snel-warm-up").start(work))
        .exceptionally(_ -> false);
  }

  boolean run() {
    List<Integer> cold = new ArrayList<>();
    for (int loop = 0; loop < loops.vectorLoops(); loop++) {
      cold.add(loop);
    }
    var patience = new Patience();
    for (int round = 0; !cold.isEmpty() && patience.lasts(); round++) {
      boolean eager = round < EAGER_ROUNDS;
      if (!eager) {
        pause.run();
      }
      for (int loop : cold) {
        call(loop, eager ? EAGER_CALLS : PATIENT_CALLS);
        if (eager || round % PATIENT_ROUNDS_PER_USE == 0) {
          loops.warmUp(loop, 0, VECTORS_PER_USE);
        }
      }
      if (eager || round % PATIENT_ROUNDS_PER_CHECK == 0) {
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

  private void call(int loop, int times) {
    for (int call = 0; call < times; call++) {
      loops.warmUp(loop, 0, 0);
    }
  }

  /// A first call after others, or after a pause, takes several times as long as the next:
  /// whichever of the two that are compared had it would be wrong.
  private boolean isCompiled(int loop) {
    loops.warmUp(loop, 0, 0);
    for (int check = 0; check < CHECKS; check++) {
      long without = time(loop, 0);
      if (time(loop, COUNT) > 2 * without + RESOLUTION_NANOS) {
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
