package snel.runtime.kernel;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The threads that step a network together: the caller and its helpers, which live as long as
/// there is something to do for them.
///
/// They wait for one another up to a few times a step, so they look at a counter in turn instead of
/// asking the operating system to wake them: that would take longer than a step. One that has
/// looked in vain for long lets others have its processor.
///
/// A part is done by who claims it first. That is its helper, unless that has no processor just
/// now: then the caller, once it is through with its own, does not wait for it. What a part may do
/// after it, nobody waits for until the part is next to be done.
public final class Team {
  /// Looks before a thread lets others run: some tens of microseconds, longer than most waits. What
  /// waits longer may hold the processor that the other needs.
  private static final int LOOKS = 1_000;

  /// Looks for a helper that has not begun when the caller is through with its own part.
  private static final int GRACE = 50;

  /// Turns in which nobody waits for long until threads are taken to have a processor each.
  private static final int CALM = 2_000;

  /// Who is waited for longer has lost its processor to another program.
  private static final long LONG_NANOS = 500_000;

  /// A helper without work ends after this.
  private static final long PATIENCE_NANOS = 1_000_000_000L;

  private final IntPredicate work;
  private final IntConsumer after;
  private final int parts;
  private final @Nullable Thread[] helpers;
  private final Counter[] claimed;
  private final Counter[] done;

  /// Up to which turn a part is also through with what comes after.
  private final Counter[] free;

  private final Counter begun = new Counter();

  /// The last turn in which the caller waited for long.
  private long held;

  private volatile boolean resting = true;
  private volatile @Nullable Throwable failure;

  /// Counts of different threads lie on cache lines of their own.
  private static final class Counter {
    private static final AtomicLongFieldUpdater<Counter> VALUE =
        AtomicLongFieldUpdater.newUpdater(Counter.class, "value");

    @SuppressWarnings("UnusedVariable")
    private long a, b, c, d, e, f, g;

    volatile long value;

    @SuppressWarnings("UnusedVariable")
    private long h, i, j, k, l, m, n;

    /// Raises the count to `to`; false if it is there or beyond, or someone else does.
    boolean raise(long to) {
      long now = value;
      return now < to && VALUE.compareAndSet(this, now, to);
    }
  }

  /// @param work of a part, the number of which it is given
  /// @param parts as many as the threads, the caller among them
  public Team(IntConsumer work, int parts) {
    this(
        part -> {
          work.accept(part);
          return false;
        },
        _ -> {},
        parts);
  }

  /// @param work of a part, the number of which it is given; whether there is something after it
  /// @param after what that is
  Team(IntPredicate work, IntConsumer after, int parts) {
    this.work = work;
    this.after = after;
    this.parts = parts;
    this.helpers = new Thread[parts];
    this.claimed = new Counter[parts];
    this.done = new Counter[parts];
    this.free = new Counter[parts];
    for (int part = 0; part < parts; part++) {
      claimed[part] = new Counter();
      done[part] = new Counter();
      free[part] = new Counter();
    }
  }

  /// Wakes the helpers: they look out for work until [#rest].
  public synchronized void wake() {
    resting = false;
    for (int part = 1; part < parts; part++) {
      Thread helper = helpers[part];
      if (helper == null) {
        int own = part;
        Thread fresh = new Thread(() -> help(own), "snel-part-" + part);
        fresh.setDaemon(true);
        helpers[part] = fresh;
        fresh.start();
      } else {
        LockSupport.unpark(helper);
      }
    }
  }

  /// Lets the helpers sleep until they are woken.
  public void rest() {
    resting = true;
  }

  /// Does the work of all parts. The helpers must be awake.
  ///
  /// @throws Fault what a kernel found, whichever thread it was in
  public void together() {
    long turn = begun.value + 1;
    begun.value = turn;
    doPart(0, turn);
    for (int part = 1; part < parts; part++) {
      see(part, turn);
    }
    Throwable found = failure;
    if (found != null) {
      failure = null;
      rethrow(found);
    }
  }

  /// Whether every thread seems to have a processor. Where one has none, nobody can do its part
  /// while it has something to do after it.
  boolean isCalm() {
    return begun.value - held > CALM;
  }

  /// Waits until nobody does anything any more.
  void settle() {
    long turn = begun.value;
    for (int part = 1; part < parts; part++) {
      for (int looks = 0; free[part].value < turn; looks++) {
        pause(looks);
      }
    }
  }

  /// Sees to it that a part is done: by its helper, or if that does not begin soon, now.
  private void see(int part, long turn) {
    long since = Long.MAX_VALUE;
    for (int looks = 0; done[part].value < turn; looks++) {
      boolean mayBegin = looks >= GRACE && free[part].value == turn - 1;
      if (looks == LOOKS) {
        since = System.nanoTime();
      }
      if (mayBegin && claimed[part].raise(turn)) {
        doPart(part, turn);
      } else {
        pause(looks);
      }
    }
    if (since < Long.MAX_VALUE && System.nanoTime() - since > LONG_NANOS) {
      held = turn;
    }
  }

  private void doPart(int part, long turn) {
    try {
      boolean isMore = work.test(part);
      done[part].value = turn;
      if (isMore) {
        after.accept(part);
      }
    } catch (Throwable found) {
      failure = found;
      done[part].value = turn;
    }
    free[part].value = turn;
  }

  private static void rethrow(Throwable found) {
    switch (found) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new IllegalStateException(found);
    }
  }

  private static void pause(int looks) {
    if (looks < LOOKS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  private void help(int part) {
    long turn = done[part].value;
    while (awaitTurn(part, turn)) {
      turn = begun.value;
      if (claimed[part].raise(turn)) {
        doPart(part, turn);
      }
    }
  }

  /// False if the helper is to end.
  private boolean awaitTurn(int part, long seen) {
    int looks = 0;
    while (begun.value == seen) {
      if (!resting) {
        pause(looks++);
      } else if (isDismissed(part)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDismissed(int part) {
    long start = System.nanoTime();
    LockSupport.parkNanos(this, PATIENCE_NANOS);
    if (System.nanoTime() - start < PATIENCE_NANOS) {
      return false;
    }
    synchronized (this) {
      if (!resting) {
        return false;
      }
      helpers[part] = null;
      return true;
    }
  }
}
