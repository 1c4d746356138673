package snel.check;

import java.util.List;
import snel.syntax.Name;
import snel.types.Type;

/// A `receive` of a model, with the types of the values that it takes.
record Port(Name name, List<Type> values) {
  Port {
    values = List.copyOf(values);
  }

  static Port of(Context context, Scope scope, snel.syntax.ModelItem.Receive receive) {
    return new Port(
        receive.name(),
        receive.parameters().stream()
            .map(p -> WrittenTypes.read(context, scope, p.type(), p.name().text()))
            .toList());
  }
}
