package snel.check;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.types.DimensionTerm;
import snel.types.Type;
import snel.units.Dimension;

/// In `x' = e`, `x` is a state (E0511) and `e` has its dimension per time (E0203).
final class Equations {
  private final Context context;
  private final Scope scope;

  Equations(Context context, Scope scope) {
    this.context = context;
    this.scope = scope;
  }

  void check(ModelItem.Equation equation) {
    String name = equation.variable().text();
    Type right = context.in(scope).resolved(equation.value());
    Optional<Symbol> variable = name.isEmpty() ? Optional.empty() : scope.find(name);
    if (variable.isEmpty()) {
      if (!name.isEmpty() && !Unknowns.inSkippedText(scope, equation.variable())) {
        context.report(undeclared(equation, right));
      }
      return;
    }
    if (!variable.get().role().isState()) {
      context.report(
          Diagnostic.of(
                  Code.EQUATION_FOR_NON_STATE,
                  "`" + name + "` is " + variable.get().role().words() + " and has no equation",
                  equation.variable().span(),
                  "only a state has one")
              .label(variable.get().span(), "declared here"));
      return;
    }
    Type left = context.type(variable.get());
    if (left.single() instanceof Type.Fixed || left.single() instanceof Type.Int) {
      context.report(
          Diagnostic.of(
                  Code.EQUATION_FOR_NON_STATE,
                  "`" + name + "` moves in whole steps and has no equation",
                  equation.variable().span(),
                  "only a real number has one")
              .label(variable.get().span(), "declared here")
              .help("write `every dt { " + name + " = … }`"));
      return;
    }
    if (left.single() instanceof Type.Unknown || right.single() instanceof Type.Unknown) {
      return;
    }
    if (!Wording.isNumber(right) && !Wording.isOpen(right)) {
      WrongKind.report(context, right, equation.value().span(), "a number");
      return;
    }
    DimensionTerm wanted = left.numberDimension().orElse(DimensionTerm.PLAIN).perTime();
    DimensionTerm found = right.numberDimension().orElse(wanted);
    if (!context.unification().unify(found, wanted)) {
      context.report(unlike(equation, variable.get(), left, right));
    }
  }

  private Diagnostic undeclared(ModelItem.Equation equation, Type right) {
    String name = equation.variable().text();
    String type =
        Wording.dimension(right).map(d -> d.times(Dimension.TIME).toString()).orElse("real");
    var states =
        scope.visible().values().stream()
            .filter(s -> s.role().isState())
            .map(Symbol::name)
            .toList();
    return Diagnostic.of(
            Code.UNKNOWN_NAME,
            "unknown state `" + name + "`" + Nearest.hint(name, states),
            equation.variable().span(),
            "not declared")
        .help("declare it: `state " + name + " : " + type + " = …`");
  }

  private Diagnostic unlike(ModelItem.Equation equation, Symbol variable, Type left, Type right) {
    Optional<Dimension> of = Wording.dimension(left);
    Optional<Dimension> is = Wording.dimension(right);
    boolean timeForgotten = of.isPresent() && of.equals(is);
    Optional<Dimension> factor =
        of.flatMap(d -> is.map(i -> i.dividedBy(d.dividedBy(Dimension.TIME))));
    Optional<UnitAdvice> forgotten = factor.flatMap(d -> unitOfDivisor(equation.value(), d));
    String wanted = of.map(d -> perTime(d)).orElse(left.single() + "/time");
    var diagnostic =
        Diagnostic.of(
                Code.UNLIKE_EQUATION,
                "`"
                    + variable.name()
                    + "'` must be "
                    + wanted
                    + ", but the right side is "
                    + Wording.described(right)
                    + (timeForgotten && forgotten.isEmpty() ? ": divide by a time constant?" : ""),
                equation.value().span(),
                "this is " + Wording.described(right))
            .label(variable.span(), "`" + variable.name() + "` is " + Wording.described(left));
    if (forgotten.isPresent()) {
      return forgotten.get().addTo(diagnostic);
    }
    if (timeForgotten) {
      return divided(diagnostic, equation.value());
    }
    return factor
        .flatMap(ModelNames::noiseAsRate)
        .or(() ->
            factor
                .flatMap(d -> Factors.suggested(context, scope, d))
                .map(s -> "divide the right side by `" + s.name() + "`?"))
        .map(diagnostic::help)
        .orElse(diagnostic);
  }

  /// Where a term is divided by a name that was declared as a bare number, its unit is missing.
  private Optional<UnitAdvice> unitOfDivisor(Expression term, Dimension wanted) {
    return switch (term) {
      case Expression.Binary(var operator, var left, var right, _)
          when operator == BinaryOperator.DIVIDE && right instanceof Expression.Variable ->
          UnitAdvice.of(
                  context,
                  scope,
                  right,
                  context.silent().in(scope).resolved(right),
                  Type.of(wanted),
                  Optional.empty())
              .or(() -> unitOfDivisor(left, wanted));
      case Expression.Call _, Expression.Index _ -> Optional.empty();
      default ->
          Parts.of(term).stream().flatMap(part -> unitOfDivisor(part, wanted).stream()).findFirst();
    };
  }

  private Diagnostic divided(Diagnostic diagnostic, Expression right) {
    Optional<Symbol> constant = Factors.suggested(context, scope, Dimension.TIME);
    if (constant.isEmpty()) {
      return diagnostic;
    }
    String text = right.span().text();
    boolean simple =
        !(right instanceof Expression.Binary || right instanceof Expression.Conditional);
    String replacement = (simple ? text : "(" + text + ")") + " / " + constant.get().name();
    return diagnostic.fix("divide by `" + constant.get().name() + "`", right.span(), replacement);
  }

  /// "voltage/time", "1/time" of plain numbers.
  private static String perTime(Dimension dimension) {
    return dimension.isPlain() ? "1/time" : dimension + "/time";
  }
}
