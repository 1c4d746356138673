package snel.runtime.schedule;

import java.util.concurrent.locks.LockSupport;

/// Whose turn it is among groups of samples that are shown by several machines.
final class Turns {
  /// Looks before a thread lets others run.
  private static final int LOOKS = 2_000;

  /// How long it sleeps then. Who only yields may wait for a whole slice of another program's, or
  /// of the compiler's: milliseconds, where a sample takes a fraction of one.
  private static final long SLEEP_NANOS = 20_000;

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
    for (int looks = 0; next != group; looks++) {
      if (end <= group) {
        throw new Stopped();
      }
      if (looks < LOOKS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, SLEEP_NANOS);
      }
    }
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
