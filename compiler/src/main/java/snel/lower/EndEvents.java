package snel.lower;

import java.util.List;
import snel.math.Expr;
import snel.math.Owner;
import snel.model.Handler;
import snel.model.Projection;

/// The events of its two neurons that a synapse names: spikes have the empty name, and `pre` is
/// what the projection carries.
final class EndEvents {
  private EndEvents() {}

  /// Whether it is a spike or an event of that end.
  static boolean isOf(String event, String side) {
    return event.equals(side) || event.startsWith(side + ".");
  }

  /// `burst` of `pre.burst`; empty for spikes.
  static String named(String event) {
    int dot = event.indexOf('.');
    return dot < 0 ? "" : event.substring(dot + 1);
  }

  /// The event of the source that `pre` or `pre.EVENT` stands for.
  static String ofSource(String event, Projection projection) {
    return event.equals("pre") ? projection.sourceEvent() : named(event);
  }

  /// The event that `since` asks for.
  static String of(Expr.Since since, Projection projection) {
    boolean plain = since.event().equals("spike") || since.event().isEmpty();
    if (plain) {
      return since.owner() == Owner.PRE ? projection.sourceEvent() : "";
    }
    return since.event();
  }

  /// The handlers of events of the source, in text order.
  static List<Handler> handlersOfSource(Projection projection) {
    return projection.synapse().handlers().stream().filter(h -> isOf(h.event(), "pre")).toList();
  }
}
