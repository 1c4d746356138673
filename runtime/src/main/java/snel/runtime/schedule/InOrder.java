package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.List;

/// What a sample leaves to those that come after: it is added up in the order of the samples. Where
/// several machines show some each, it waits for its turn; otherwise it is done at once.
final class InOrder {
  private final List<Runnable> waiting = new ArrayList<>();
  private Runnable turn = () -> {};
  private boolean waits;
  private long carried;

  /// From here on things wait.
  ///
  /// @param awaited returns when it is their turn
  void begin(Runnable awaited) {
    waiting.clear();
    turn = awaited;
    waits = true;
  }

  /// Does something when it is its turn.
  void later(Runnable action) {
    if (waits) {
      waiting.add(action);
    } else {
      action.run();
    }
  }

  /// Waits for the turn and does what has waited; from here on things are done at once.
  void now() {
    if (waits) {
      turn.run();
      waits = false;
      waiting.forEach(Runnable::run);
      waiting.clear();
      carried = 0;
    }
  }

  /// Nothing waits any more, and what did is forgotten.
  void end() {
    waits = false;
    carried = 0;
    waiting.clear();
  }

  /// Synaptic operations of the samples before, which what waits has not counted yet.
  void carry(long operations) {
    carried = operations;
  }

  long carried() {
    return carried;
  }
}
