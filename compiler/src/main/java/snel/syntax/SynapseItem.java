package snel.syntax;

import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// What stands in the body of a synapse: besides the items below, [Let] and those of [ModelItem].
public sealed interface SynapseItem extends Node
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
        SynapseItem.WeightVariable,
        SynapseItem.DelayVariable,
        SynapseItem.DecayingTrace,
        SynapseItem.WindowTrace,
        SynapseItem.Transmit,
        SynapseItem.Prune,
        SynapseItem.Coincident,
        SynapseItem.Sum {

  /// `weight w : type [in bounds]`.
  record WeightVariable(
      Name name, Type type, Expression.@Nullable Range bounds, String documentation, Span span)
      implements SynapseItem {}

  /// `delay d : time [in bounds]`: a delay that the synapse may change.
  record DelayVariable(
      Name name, Type type, Expression.@Nullable Range bounds, String documentation, Span span)
      implements SynapseItem {}

  /// `trace name of event tau constant [set amount | add amount]`: `amount` is absent for the usual
  /// `add 1`.
  record DecayingTrace(
      Name name,
      EventName event,
      Expression tau,
      @Nullable TraceJump jump,
      @Nullable Expression amount,
      String documentation,
      Span span)
      implements SynapseItem {}

  /// `trace name of event window length`: the number of events in the last `length`.
  record WindowTrace(Name name, EventName event, Expression length, String documentation, Span span)
      implements SynapseItem {}

  /// What an event does to a trace: adds to it or sets it.
  enum TraceJump {
    ADD,
    SET
  }

  /// `transmit value`: a graded value, every step.
  record Transmit(Expression value, Span span) implements SynapseItem {}

  /// `prune when condition`.
  record Prune(Expression condition, Span span) implements SynapseItem {}

  /// `coincident pre_first`, `coincident post_first`: which of two simultaneous spikes comes first.
  record Coincident(Side first, Span span) implements SynapseItem {}

  /// `sum exact`, `sum any`: how the amounts delivered are added up.
  record Sum(SumMode mode, Span span) implements SynapseItem {}
}
