package snel.lower;

import java.util.Set;
import snel.ir.Expr;

/// When a synapse reads its traces and asks for times.
///
/// @param now the instant (`I64`)
/// @param counted the sides whose events of the instant count already, though they have not landed
/// @param landed whether the events of the instant have landed
record Moment(Expr now, Set<EndValues.Side> counted, boolean landed) {
  /// In phase 2: what is integrated sees the events of the beginning of the step.
  static final Moment WITHIN_STEP = new Moment(Emit.step(), Set.of(), true);

  /// Just before any event of an instant.
  static Moment before(Expr now) {
    return counting(Set.of(), now);
  }

  /// Before an instant's events, except that those of some sides count already.
  static Moment counting(Set<EndValues.Side> sides, Expr now) {
    return new Moment(now, sides, false);
  }

  boolean counts(EndValues.Side side) {
    return counted.contains(side);
  }
}
