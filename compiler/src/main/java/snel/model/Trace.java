package snel.model;

import snel.math.Expr;
import snel.source.Span;

/// A trace of an event: `pre`, `post`, `pre.e`, `post.e`, or a `receive` port of the synapse.
public sealed interface Trace {
  String name();

  String event();

  Span span();

  /// Decays with `tau` (ms); a jump adds `amount` or, with `set`, becomes it.
  record Decaying(String name, String event, Expr tau, boolean set, Expr amount, Span span)
      implements Trace {}

  /// Counts the stamps in (t - length, t).
  record Window(String name, String event, Expr length, Span span) implements Trace {}
}
