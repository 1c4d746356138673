package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Walk;

/// Values that change in time: inputs, and what the network or a population holds.
final class LiveValues {
  private LiveValues() {}

  /// The name of what changes in time, if the value has one in it.
  static Optional<String> name(Expr value) {
    List<String> names = new ArrayList<>();
    Walk.any(
        value,
        e -> {
          if (e instanceof Expr.Element(var array, _)) {
            names.add(array.name());
          } else if (e instanceof Expr.Ref ref
              && (ref.owner() == Owner.NETWORK || ref.owner() == Owner.POPULATION)) {
            names.add(ref.name());
          }
          return false;
        });
    return names.stream().findFirst();
  }

  static boolean isIn(Expr value) {
    return name(value).isPresent();
  }
}
