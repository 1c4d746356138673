package snel.syntax;

import java.util.List;
import snel.source.Span;

/// Statements that decide what runs, how often and when.
public sealed interface ControlStatement extends Statement {

  /// `for pattern in values { … }`.
  record For(Pattern pattern, Expression values, List<Statement> body, Span span)
      implements ControlStatement {}

  /// `repeat until condition { … }`: tested after each pass.
  record RepeatUntil(Expression condition, List<Statement> body, Span span)
      implements ControlStatement {}

  /// `repeat count times { … }`.
  record RepeatTimes(Expression count, List<Statement> body, Span span)
      implements ControlStatement {}

  /// `every period { … }`: in simulated time.
  record EveryPeriod(Expression period, List<Statement> body, Span span)
      implements ControlStatement {}

  /// `every count passes { … }`: passes of the enclosing loop.
  record EveryPasses(Expression count, List<Statement> body, Span span)
      implements ControlStatement {}

  /// `after delay { … }`: from now.
  record After(Expression delay, List<Statement> body, Span span) implements ControlStatement {}

  /// `if condition { } else { }`. `else if` is an `otherwise` of one [If]; without `else` it is
  /// empty.
  record If(Expression condition, List<Statement> then, List<Statement> otherwise, Span span)
      implements ControlStatement {}

  /// `stop when condition`: leaves the enclosing loop.
  record StopWhen(Expression condition, Span span) implements ControlStatement {}
}
