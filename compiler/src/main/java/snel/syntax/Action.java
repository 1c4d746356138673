package snel.syntax;

import java.util.List;
import snel.source.Span;

/// What stands in the handlers of neurons and synapses.
public sealed interface Action extends Node permits Let, Assign, Action.Deliver, Action.If {

  /// `deliver amount`: to the port of the target neuron.
  record Deliver(Expression amount, Span span) implements Action {}

  /// `if condition { } else { }`. `else if` is an `otherwise` of one [If]; without `else` it is
  /// empty.
  record If(Expression condition, List<Action> then, List<Action> otherwise, Span span)
      implements Action {}
}
