package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// Statements that record, report and judge.
public sealed interface OutcomeStatement extends Statement {

  /// `record what, … [every period] [at deliver]`.
  record Recording(List<Reference> what, @Nullable Expression every, boolean atDeliver, Span span)
      implements OutcomeStatement {}

  /// `report [name =] value, …`.
  record Report(List<Reported> items, Span span) implements OutcomeStatement {}

  /// One item of a report.
  record Reported(@Nullable Name name, Expression value, Span span) implements Node {}

  /// `expect condition [within tolerance]`.
  record Expect(Expression condition, @Nullable Expression within, Span span)
      implements OutcomeStatement {}

  /// `fit readout to label`.
  record Fit(Reference readout, Expression label, Span span) implements OutcomeStatement {}

  /// `score readout against label`.
  record Score(Reference readout, Expression label, Span span) implements OutcomeStatement {}
}
