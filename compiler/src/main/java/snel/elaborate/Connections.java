package snel.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.model.Projection;

/// What connects, in the order of the text, except that a connection that another needs stands
/// before it: who has the weights of others, or teaches synapses, finds them as they are after what
/// those synapses did in the same instant.
final class Connections {
  private final List<Turn> turns = new ArrayList<>();
  private final List<Projection> projections = new ArrayList<>();
  private final Map<String, Projection> byPath = new HashMap<>();

  /// One `connect` or `drive`, or what reads them.
  static final class Turn {
    private final Runnable work;
    private boolean begun;
    private boolean done;

    private Turn(Runnable work) {
      this.work = work;
    }
  }

  /// What comes next in the text.
  Turn next(Runnable work) {
    Turn turn = new Turn(work);
    turns.add(turn);
    return turn;
  }

  void make() {
    turns.forEach(this::make);
  }

  /// Whether a turn is made; it is not if it needs itself.
  boolean make(Turn turn) {
    if (!turn.begun) {
      turn.begun = true;
      turn.work.run();
      turn.done = true;
    }
    return turn.done;
  }

  void add(Projection projection) {
    projections.add(projection);
    byPath.putIfAbsent(projection.path(), projection);
  }

  Optional<Projection> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /// Those made so far.
  List<Projection> projections() {
    return projections;
  }
}
