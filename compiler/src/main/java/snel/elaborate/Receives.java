package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Port;
import snel.syntax.ModelItem;
import snel.syntax.Side;
import snel.syntax.SumMode;

/// Event ports.
final class Receives {
  private Receives() {}

  static Port.Sum sum(SumMode mode) {
    return switch (mode) {
      case EXACT -> Port.Sum.EXACT;
      case ANY -> Port.Sum.ANY;
      case LARGEST -> Port.Sum.LARGEST;
    };
  }

  static Port read(ModelItem.Receive receive, ActionReader reader, Env model) {
    Env env = model.inner();
    List<String> names = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    for (var parameter : receive.parameters()) {
      Kind kind = Kinds.of(parameter.type());
      names.add(parameter.name().text());
      kinds.add(kind);
      env.define(
          parameter.name().text(),
          Val.of(new Expr.Ref(Owner.ARGUMENT, parameter.name().text(), kind)));
    }
    Port.Sum sum = receive.sum() == null ? Port.Sum.ORDERED : sum(receive.sum());
    return new Port(
        receive.name().text(),
        names,
        kinds,
        receive.parameters().isEmpty()
            ? ""
            : Literals.unitOf(null, receive.parameters().getFirst().type()),
        receive.of() == Side.POST,
        sum,
        reader.read(receive.body(), env),
        receive.span());
  }
}
