package snel.check;

import java.util.Optional;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Dimension;

/// Finds a declared amount by which something would have to be multiplied or divided to agree: the
/// resistance that makes a voltage of a current.
final class Factors {
  private Factors() {}

  /// "multiply `I` by `R` (resistance)", if such a name is in sight.
  static Optional<String> between(
      Context context, Scope scope, Expression odd, Type found, Type wanted) {
    Optional<Dimension> from = Wording.dimension(found);
    Optional<Dimension> to = Wording.dimension(wanted);
    if (from.isEmpty() || to.isEmpty() || from.get().isPlain() || to.get().isPlain()) {
      return Optional.empty();
    }
    String text = Wording.text(odd.span());
    return suggested(context, scope, to.get().dividedBy(from.get()))
        .map(s -> "multiply `" + text + "` by `" + s.name() + "`" + kind(context, s))
        .or(() ->
            suggested(context, scope, from.get().dividedBy(to.get()))
                .map(s -> "divide `" + text + "` by `" + s.name() + "`" + kind(context, s)));
  }

  /// What is suggested counts as read, so that it is not said to be used nowhere as well.
  static Optional<Symbol> suggested(Context context, Scope scope, Dimension dimension) {
    Optional<Symbol> found = named(context, scope, dimension);
    found.ifPresent(context.usage()::read);
    return found;
  }

  /// A parameter or constant of this dimension, one that nothing reads first.
  static Optional<Symbol> named(Context context, Scope scope, Dimension dimension) {
    if (dimension.isPlain()) {
      return Optional.empty();
    }
    var fitting =
        scope.visible().values().stream()
            .filter(s -> s.role() == Role.PARAMETER || s.role() == Role.CONSTANT)
            .filter(s -> !Context.inLibrary(s.span()) && !s.leadsBack())
            .filter(s -> Wording.dimension(context.type(s)).filter(dimension::equals).isPresent())
            .toList();
    return fitting.stream()
        .filter(s -> !context.usage().isRead(s))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  private static String kind(Context context, Symbol symbol) {
    return Wording.dimension(context.type(symbol)).map(d -> " (" + d + ")").orElse("");
  }
}
