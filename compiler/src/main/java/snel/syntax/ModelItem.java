package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// What neurons and synapses, and in part networks, have in common. `documentation` is the text of
/// the `///` lines right above; empty if there are none.
public sealed interface ModelItem extends Node {

  /// `param a = 1, b : int in 0 .. 3 = 2`.
  record Parameters(List<Binding> bindings, String documentation, Span span)
      implements ModelItem, NeuronItem, SynapseItem, NetworkItem, Statement {}

  /// `[plastic] [shared] state v : voltage = E_L, …`.
  record States(
      boolean plastic, boolean shared, List<Binding> bindings, String documentation, Span span)
      implements ModelItem, NeuronItem, SynapseItem, NetworkItem {}

  /// `input x : type [of pre | of post] [= fallback]`. `of` occurs in synapses only.
  record Input(
      Name name,
      Type type,
      @Nullable Side of,
      @Nullable Expression fallback,
      String documentation,
      Span span)
      implements ModelItem, NeuronItem, SynapseItem, NetworkItem {}

  /// `[shared] noise xi, …`.
  record Noise(boolean shared, List<Name> names, String documentation, Span span)
      implements ModelItem, NeuronItem, SynapseItem, NetworkItem {}

  /// `variable' = value`.
  record Equation(Name variable, Expression value, Span span)
      implements ModelItem, NeuronItem, SynapseItem, NetworkItem {}

  /// `receive port[(w : voltage, …)] [of pre | of post] [sum exact | any] { … }`. `of` in synapses
  /// only.
  record Receive(
      Name name,
      List<Parameter> parameters,
      @Nullable Side of,
      @Nullable SumMode sum,
      List<Action> body,
      String documentation,
      Span span)
      implements ModelItem, NeuronItem, SynapseItem {}

  /// `on event { … }`.
  record OnEvent(EventName event, List<Action> body, Span span)
      implements ModelItem, NeuronItem, SynapseItem {}

  /// `every period { … }`.
  record EveryPeriod(Expression period, List<Action> body, Span span)
      implements ModelItem, NeuronItem, SynapseItem {}

  /// `integrate v, m by method`.
  record Integrate(List<Name> variables, Rule method, Span span)
      implements ModelItem, NeuronItem, SynapseItem, NetworkItem {}
}
