package snel.elaborate;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import snel.math.Expr;
import snel.math.Walk;
import snel.model.Variable;

/// What is drawn in a list that is a parameter is drawn once: such an element is a parameter of its
/// own, which the list then names.
final class DrawnElements {
  private final BiFunction<String, Expr, Val> kept;

  /// @param kept makes a parameter of a name and what it is drawn from
  DrawnElements(BiFunction<String, Expr, Val> kept) {
    this.kept = kept;
  }

  /// The list `name` with its drawn elements as parameters.
  Val of(String name, Val value) {
    return switch (value) {
      case Val.Items(var items) -> new Val.Items(elements(name, items));
      case Val.Num(var element, var shape) when shape.isEmpty() && isDrawn(element) ->
          kept.apply(name, element);
      default -> value;
    };
  }

  private List<Val> elements(String name, List<Val> items) {
    return IntStream.range(0, items.size())
        .mapToObj(place -> of(Variable.element(name, place), items.get(place)))
        .toList();
  }

  private static boolean isDrawn(Expr element) {
    return Walk.any(element, part -> part instanceof Expr.Draw);
  }
}
