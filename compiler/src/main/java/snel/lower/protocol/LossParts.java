package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Training;
import snel.ir.protocol.Term;

/// What a loss is a sum of, each part with its target.
final class LossParts {
  private final List<Training.Part> parts = new ArrayList<>();
  private final List<Term> targets = new ArrayList<>();

  List<Training.Part> parts() {
    return parts;
  }

  /// Of all parts, in their order.
  List<Term> targets() {
    return targets;
  }

  void add(Training.Kind kind, LossReadings.Scaled scaled, double factor, Term target) {
    parts.add(
        new Training.Usual(
            kind, scaled.reading(), scaled.places().from(), scaled.size(), factor, scaled.scale()));
    targets.add(target);
  }

  /// A loss that is written out, with what its nodes are given.
  void add(List<Training.Node> nodes, double factor, List<Term> given) {
    parts.add(new Training.Written(nodes, factor));
    targets.addAll(given);
  }
}
