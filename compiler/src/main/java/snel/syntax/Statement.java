package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// What stands in experiments, protocols, sweeps and tests: besides the statements below, [Let],
/// [Assign] and [ModelItem.Parameters].
public sealed interface Statement extends TestItem
    permits Let,
        Assign,
        ModelItem.Parameters,
        Statement.Var,
        Statement.Step,
        Statement.Seed,
        Statement.Numerics,
        Statement.PreciseSpikeTimes,
        Statement.Run,
        Statement.Present,
        Statement.Rest,
        Statement.Send,
        Statement.Do,
        ControlStatement,
        StateStatement,
        OutcomeStatement,
        TrainingStatement {

  /// `var name = value`: can be assigned.
  record Var(Name name, Expression value, Span span) implements Statement {}

  /// `step duration`.
  record Step(Expression duration, Span span) implements Statement {}

  /// `seed number`.
  record Seed(Expression number, Span span) implements Statement {}

  /// `numerics f64, fast`.
  record Numerics(List<Name> choices, Span span) implements Statement {}

  /// `spike times precise`: spikes are located off the grid (semantics §7).
  record PreciseSpikeTimes(Span span) implements Statement {}

  /// `run duration [until condition]`, or `run experiment` in a sweep: then `what` is a reference.
  record Run(Expression what, @Nullable Expression until, Span span) implements Statement {}

  /// `present input = value, … for duration`.
  record Present(List<Driven> inputs, Expression duration, Span span) implements Statement {}

  /// One input of a presentation: `input = value [bin floor | round | ceil]`.
  record Driven(Reference input, Expression value, @Nullable BinMode bin, Span span)
      implements Node {}

  /// `rest duration`.
  record Rest(Expression duration, Span span) implements Statement {}

  /// `send port(arguments) [after delay]`.
  record Send(Reference port, List<Argument> arguments, @Nullable Expression after, Span span)
      implements Statement {}

  /// `do protocol(arguments)`.
  record Do(Reference protocol, List<Argument> arguments, Span span) implements Statement {}
}
