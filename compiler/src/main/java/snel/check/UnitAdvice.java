package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.types.Type;
import snel.units.Dimension;

/// The advice to write a unit behind a bare number: "write `20 mV`".
record UnitAdvice(Span span, String replacement, String where) {
  /// Draws whose arguments are all of the dimension of what is drawn.
  private static final Set<String> DRAWS = Set.of("uniform", "normal");

  /// The advice for `odd`, if it is a bare number and an amount like `wanted` should stand there.
  ///
  /// @param near an expression with the unit that the author uses
  static Optional<UnitAdvice> of(
      Context context,
      Scope scope,
      Expression odd,
      Type found,
      Type wanted,
      Optional<Expression> near) {
    Optional<Dimension> dimension =
        Wording.dimension(context.resolved(wanted)).filter(d -> !d.isPlain());
    Optional<Symbol> named =
        odd.ungrouped() instanceof Expression.Variable(var name, _)
            ? scope.find(name.text())
            : Optional.empty();
    Optional<Expression> bare = isBare(odd) ? Optional.of(odd) : declared(named, odd.span());
    if (dimension.isEmpty() || bare.isEmpty() || !Wording.isPlain(context.resolved(found))) {
      return Optional.empty();
    }
    String where =
        isBare(odd) ? "" : named.map(s -> " where `" + s.name() + "` is declared").orElse("");
    String unit = AuthorUnits.of(dimension.get(), near, scope);
    Span at = bare.get().span();
    return unit.isEmpty()
        ? Optional.empty()
        : Optional.of(new UnitAdvice(at, withUnit(bare.get(), unit), where));
  }

  /// The advice for how fast a state changes: in its unit for a millisecond, as equations are
  /// worked out, which is no number of Hz.
  static Optional<UnitAdvice> ofRise(
      Context context, Scope scope, Expression odd, Type found, Type wanted) {
    Optional<UnitAdvice> advice = of(context, scope, odd, found, wanted, Optional.empty());
    boolean isOfNumber =
        Wording.dimension(context.resolved(wanted)).filter(Dimension.FREQUENCY::equals).isPresent();
    return isOfNumber
        ? advice.map(a -> new UnitAdvice(a.span, Wording.text(a.span) + " / 1 ms", a.where))
        : advice;
  }

  /// The number that a name was declared as, if no type was written with it.
  private static Optional<Expression> declared(Optional<Symbol> symbol, Span from) {
    return symbol
        .filter(s -> s.role() == Role.PARAMETER || s.role() == Role.CONSTANT)
        .flatMap(Symbol::definition)
        .map(Symbol.Definition::value)
        .filter(value -> isBareNumber(value) && value.span().file().equals(from.file()));
  }

  /// A number, a list of them, or a draw between or around them.
  private static boolean isBare(Expression expression) {
    return !numbers(expression).isEmpty();
  }

  private static boolean isBareNumber(Expression expression) {
    return switch (expression) {
      case Expression.Number _ -> true;
      case Expression.Unary(_, Expression.Number _, _) -> true;
      default -> false;
    };
  }

  /// The bare numbers that it is made of; none if it is made of anything else.
  private static List<Expression> numbers(Expression expression) {
    List<Expression> parts =
        switch (expression) {
          case Expression.Array(var elements, _) -> elements;
          case Expression.Range(var lower, var upper, _, _) -> List.of(lower, upper);
          case Expression.Call(Expression.Variable(var name, _), var arguments, _)
              when DRAWS.contains(name.text()) ->
              arguments.stream().map(Argument::value).toList();
          default -> List.of(expression);
        };
    return parts.stream().allMatch(UnitAdvice::isBareNumber) ? parts : List.of();
  }

  private static String withUnit(Expression expression, String unit) {
    var text = new StringBuilder(Wording.text(expression.span()));
    for (Expression number : numbers(expression).reversed()) {
      text.insert(number.span().end() - expression.span().start(), " " + unit);
    }
    return text.toString();
  }

  Diagnostic addTo(Diagnostic diagnostic) {
    return diagnostic.fix("write `" + replacement + "`" + where, span, replacement);
  }
}
