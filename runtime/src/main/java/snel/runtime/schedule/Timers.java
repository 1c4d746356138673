package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `every TIME` and `after TIME` wait for.
final class Timers {
  private final List<Pending> pending = new ArrayList<>();

  /// @param id of the statement
  /// @param due the step it waits for
  /// @param period steps until it is due again; 0 for `after`
  /// @param handler where its code begins
  /// @param slots, captured variables that the code finds as they were when the timer was set
  record Pending(int id, long due, long period, int handler, int[] slots, Value[] captured) {}

  /// The step so many steps later; after `infinity` none is.
  static long later(long now, long steps) {
    return now + Math.min(steps, Long.MAX_VALUE - now);
  }

  void every(int id, long now, long period, int handler) {
    if (pending.stream().noneMatch(timer -> timer.id == id)) {
      pending.add(new Pending(id, later(now, period), period, handler, new int[0], new Value[0]));
    }
  }

  void after(int id, long due, int handler, int[] slots, Value[] captured) {
    pending.add(new Pending(id, due, 0, handler, slots, captured));
  }

  long next() {
    long next = Long.MAX_VALUE;
    for (Pending timer : pending) {
      next = Math.min(next, timer.due);
    }
    return next;
  }

  /// Takes one that is due at `now`, the earliest statement first; a periodic one waits on.
  @Nullable Pending take(long now) {
    @Nullable Pending due =
        pending.stream()
            .filter(timer -> timer.due <= now)
            .min(Comparator.comparingInt(Pending::id))
            .orElse(null);
    if (due != null) {
      pending.remove(due);
      if (due.period > 0) {
        pending.add(
            new Pending(
                due.id, due.due + due.period, due.period, due.handler, due.slots, due.captured));
      }
    }
    return due;
  }

  List<Pending> pending() {
    return pending;
  }

  void pending(List<Pending> kept) {
    pending.clear();
    pending.addAll(kept);
  }
}
