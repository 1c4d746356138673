package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// What stands in the body of a neuron: besides the items below, [Let] and those of [ModelItem].
public sealed interface NeuronItem extends Node
    permits Let,
        ModelItem.Parameters,
        ModelItem.States,
        ModelItem.Input,
        ModelItem.Noise,
        ModelItem.Equation,
        ModelItem.Receive,
        ModelItem.OnEvent,
        ModelItem.EveryPeriod,
        ModelItem.Integrate,
        NeuronItem.SpikeWhen,
        NeuronItem.SpikeOnCrossing,
        NeuronItem.SpikeWithRate,
        NeuronItem.SpikeAt,
        NeuronItem.Reset,
        NeuronItem.Refractory,
        NeuronItem.UserEvent {

  /// `spike when condition`: true at the end of a step.
  record SpikeWhen(Expression condition, Span span) implements NeuronItem {}

  /// `spike on crossing condition`: true now, false a step before.
  record SpikeOnCrossing(Expression condition, Span span) implements NeuronItem {}

  /// `spike with rate rate`: escape noise.
  record SpikeWithRate(Expression rate, Span span) implements NeuronItem {}

  /// `spike at time`: given times since the presentation began.
  record SpikeAt(Expression time, Span span) implements NeuronItem {}

  /// `reset { … }`: what a spike does to its own neuron.
  record Reset(List<Action> body, Span span) implements NeuronItem {}

  /// `refractory period | while condition [holding v, …] [accumulates]`.
  ///
  /// @param whileTrue `value` is a condition rather than a time
  /// @param accumulates input to held states is kept until the end
  record Refractory(
      boolean whileTrue, Expression value, List<Name> holding, boolean accumulates, Span span)
      implements NeuronItem {}

  /// `event name when condition [{ … }]`: without braces `body` is absent.
  record UserEvent(
      Name name, Expression condition, @Nullable List<Action> body, String documentation, Span span)
      implements NeuronItem {}
}
