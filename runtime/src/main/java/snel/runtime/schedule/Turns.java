package snel.runtime.schedule;

import java.util.concurrent.locks.LockSupport;

/// Whose turn it is among groups of samples that are shown by several machines.
final class Turns {
  /// How long a thread looks for its turn at most before it lets others run: longer than one waits
  /// for a sample that was begun in time, as who sleeps wakes up some 80 us late.
  private static final long MOST_PATIENCE_NANOS = 300_000;

  /// So long it looks after one has looked in vain: the thread it waits for may have lost its
  /// processor to another program, and get this one.
  private static final long LEAST_PATIENCE_NANOS = 30_000;

  /// It looks so much longer after each time that was not in vain.
  private static final long REGAINED_NANOS = 15_000;

  /// Looks between two at the clock.
  private static final int LOOKS = 32;

  /// How long it sleeps then. Who only yields may wait for a whole slice of another program's, or
  /// of the compiler's: milliseconds, where a sample takes a fraction of one.
  private static final long SLEEP_NANOS = 20_000;

  private volatile long patience = MOST_PATIENCE_NANOS;
  private volatile int next;
  private volatile int end;

  /// A group before the one at hand was not shown to its end: its turn will not come.
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped() {
      super("one before was not shown to its end", null, false, false);
    }
  }

  /// It is the turn of the first of so many groups.
  void begin(int groups) {
    next = 0;
    end = groups;
  }

  /// Waits for the turn of a group.
  void await(int group) {
    if (next == group) {
      return;
    }
    long most = patience;
    long began = System.nanoTime();
    while (!looks(group)) {
      if (System.nanoTime() - began > most) {
        patience = LEAST_PATIENCE_NANOS;
        LockSupport.parkNanos(this, SLEEP_NANOS);
      }
    }
    patience = Math.min(patience + REGAINED_NANOS, MOST_PATIENCE_NANOS);
  }

  private boolean looks(int group) {
    for (int look = 0; look < LOOKS && next != group; look++) {
      if (end <= group) {
        throw new Stopped();
      }
      Thread.onSpinWait();
    }
    return next == group;
  }

  /// The group whose turn it was is done.
  void pass() {
    next++;
  }

  /// The group, and all after it, will have no turn.
  synchronized void stop(int group) {
    end = Math.min(end, group);
  }

  /// The first group that has no turn any more.
  int end() {
    return end;
  }

  /// How many groups have had their turn.
  int passed() {
    return next;
  }
}
