package snel.syntax;

import java.util.List;
import snel.source.Span;

/// Statements of gradient training.
public sealed interface TrainingStatement extends Statement {

  /// `train by method(…) [with optimiser, …]`.
  record Train(Rule method, List<Expression> optimisers, Span span) implements TrainingStatement {}

  /// `minimise loss`.
  record Minimise(Expression loss, Span span) implements TrainingStatement {}

  /// `keep best score`.
  record KeepBest(Expression score, Span span) implements TrainingStatement {}
}
