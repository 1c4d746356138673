package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// What stands at the top level of a file. `documentation` is the text of the `///` lines right
/// above, without slashes; empty if there are none.
public sealed interface Declaration extends Node
    permits Let,
        Declaration.Function,
        Declaration.Neuron,
        Declaration.Synapse,
        Declaration.Network,
        Declaration.Data,
        Declaration.Experiment,
        Declaration.Sweep,
        Declaration.Test,
        Declaration.Deployment {
  String documentation();

  /// `function name(x : real, …) : real = body`.
  record Function(
      Name name,
      List<Parameter> parameters,
      Type result,
      Expression body,
      String documentation,
      Span span)
      implements Declaration {
    /// Whether the body is part of the compiler and runtime: `= core`.
    public boolean isCore() {
      return body instanceof Expression.Variable(var word, _) && word.text().equals("core");
    }
  }

  /// `neuron Name [extends Parent] { … }`.
  record Neuron(
      Name name,
      @Nullable QualifiedName parent,
      List<NeuronItem> items,
      String documentation,
      Span span)
      implements Declaration {}

  /// `synapse Name [extends Parent] { … }`.
  record Synapse(
      Name name,
      @Nullable QualifiedName parent,
      List<SynapseItem> items,
      String documentation,
      Span span)
      implements Declaration {}

  /// `network Name { … }`.
  record Network(Name name, List<NetworkItem> items, String documentation, Span span)
      implements Declaration {}

  /// `data name from reader(…) { … }`.
  record Data(Name name, Expression reader, List<DataItem> items, String documentation, Span span)
      implements Declaration {}

  /// `experiment name on Net(args) [from other] { … }`.
  record Experiment(
      Name name,
      Instance network,
      @Nullable QualifiedName from,
      List<Statement> body,
      String documentation,
      Span span)
      implements Declaration {}

  /// `sweep name over ref in values, … { … }`.
  record Sweep(Name name, List<Axis> axes, List<Statement> body, String documentation, Span span)
      implements Declaration {}

  /// One varied parameter of a sweep.
  record Axis(Reference parameter, Expression values, Span span) implements Node {}

  /// `test "what" [on Net [from other]] { … }`.
  record Test(
      Expression.Text title,
      @Nullable Instance network,
      @Nullable QualifiedName from,
      List<TestItem> body,
      String documentation,
      Span span)
      implements Declaration {}

  /// `deployment name on Net [from other] { … }`.
  record Deployment(
      Name name,
      Instance network,
      @Nullable QualifiedName from,
      List<DeploymentItem> items,
      String documentation,
      Span span)
      implements Declaration {}
}
