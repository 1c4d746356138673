package snel.syntax;

import snel.source.Span;

/// A clause of `connect`.
public sealed interface Clause extends Node {

  /// `where condition` on the pair.
  record Where(Expression condition, Span span) implements Clause {}

  /// `weight value`.
  record Weight(Expression value, Span span) implements Clause {}

  /// `tied to weights`: the storage of another projection.
  record TiedTo(Expression weights, Span span) implements Clause {}

  /// `[axonal | dendritic | backprop] delay value`.
  record Delay(DelayKind kind, Expression value, Span span) implements Clause {}

  /// `instant`: acts within the step.
  record Instant(Span span) implements Clause {}

  /// `synapse Model(…)`.
  record SynapseModel(Rule model, Span span) implements Clause {}

  /// `normalise sum(w) per post to total on event`.
  record Normalise(Rule measure, Name per, Expression total, EventName event, Span span)
      implements Clause {}

  /// `grow rule every period`.
  record Grow(Rule rule, Expression period, Span span) implements Clause {}

  /// The kinds of delay (semantics §3). A bare `delay` is [#PLAIN] and means axonal.
  enum DelayKind {
    PLAIN,
    AXONAL,
    DENDRITIC,
    BACKPROP
  }
}
