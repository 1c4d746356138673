package snel.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import snel.source.Span;

/// What stands in the body of a network: besides the items below, [Let], [Connect] and those of
/// [ModelItem] that a network may have.
public sealed interface NetworkItem extends Node
    permits Let,
        Connect,
        ModelItem.Parameters,
        ModelItem.States,
        ModelItem.Input,
        ModelItem.Noise,
        ModelItem.Equation,
        ModelItem.Integrate,
        NetworkItem.Output,
        NetworkItem.Population,
        NetworkItem.Part,
        NetworkItem.Drive,
        NetworkItem.Readout,
        NetworkItem.Protocol,
        NetworkItem.For,
        NetworkItem.If {

  /// `output name = what`.
  record Output(Name name, Expression value, String documentation, Span span)
      implements NetworkItem {}

  /// `population name[index] : Model[shape](…) [inhibit rule] [winners rule]`.
  record Population(
      IndexedName name,
      Instance model,
      @Nullable Expression inhibit,
      @Nullable Expression winners,
      String documentation,
      Span span)
      implements NetworkItem, TestItem {}

  /// `network name[index] : Network[shape](…)`: a part with ports.
  record Part(IndexedName name, Instance network, String documentation, Span span)
      implements NetworkItem, TestItem {}

  /// `drive port, … by poisson(rate) weight amount`; without a weight where the port takes no
  /// value.
  record Drive(List<Reference> ports, Rule source, @Nullable Expression weight, Span span)
      implements NetworkItem, TestItem {}

  /// `readout name : Kind(…)`.
  record Readout(IndexedName name, Instance kind, String documentation, Span span)
      implements NetworkItem, TestItem {}

  /// `protocol name(x : type, …) { … }`.
  record Protocol(
      Name name, List<Parameter> parameters, List<Statement> body, String documentation, Span span)
      implements NetworkItem {}

  /// `for pattern in values { … }`, unrolled when compiled.
  record For(Pattern pattern, Expression values, List<NetworkItem> body, Span span)
      implements NetworkItem {}

  /// `if condition { } else { }`, decided when compiled. `else if` is an `otherwise` of one [If].
  record If(Expression condition, List<NetworkItem> then, List<NetworkItem> otherwise, Span span)
      implements NetworkItem {}
}
