package snel.check;

import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.UnaryOperator;
import snel.types.Type;
import snel.units.Rational;

/// Conditions of experiments whose truth stands in the text: constants, and counts, rates and times
/// compared with what they never fall below. W0815, W0817.
record Certainty(Context context, Scope scope) {
  private static final Set<String> NEVER_NEGATIVE = Set.of("count", "rate", "first_spike", "since");

  /// A condition that ends a loop or a run.
  ///
  /// @param word what waits for it: "`stop when`"
  void stops(Expression condition, String word) {
    truth(condition)
        .ifPresent(holds ->
            context.report(
                holds
                    ? Diagnostic.of(
                        Code.CERTAIN_CONDITION,
                        word + " is true from the beginning",
                        condition.span(),
                        "always true")
                    : Diagnostic.of(
                            Code.NEVER_STOPS,
                            word + " waits for what never happens",
                            condition.span(),
                            "never true")
                        .help("wait for something that the network does: `count(A) > 5`")));
  }

  /// `run 100 ms until t > 200 ms`.
  void outlasts(Expression duration, Expression until) {
    if (!(until.ungrouped() instanceof Expression.Binary(var operator, var left, var right, _))
        || !(left.ungrouped() instanceof Expression.Variable(var name, _))
        || !name.text().equals("t")
        || operator != BinaryOperator.GREATER && operator != BinaryOperator.GREATER_OR_EQUAL
        || !alike(duration, right)) {
      return;
    }
    Optional<Rational> end = Constants.SURE.value(duration, scope);
    Optional<Rational> wanted = Constants.SURE.value(right, scope);
    if (end.isPresent() && wanted.isPresent() && wanted.get().compareTo(end.get()) >= 0) {
      context.report(
          Diagnostic.of(
                  Code.NEVER_STOPS,
                  "the run is over before `" + Wording.text(until.span()) + "`",
                  until.span(),
                  "never true")
              .label(duration.span(), "it lasts this long")
              .help("`t` counts from the beginning of the run"));
    }
  }

  void expected(Expression condition) {
    Optional<Boolean> truth = truth(condition);
    if (truth.isEmpty()) {
      return;
    }
    var diagnostic =
        Diagnostic.of(
            Code.CERTAIN_CONDITION,
            truth.get() ? "this can do nothing but hold: it tests nothing" : "this can never hold",
            condition.span(),
            truth.get() ? "always true" : "never true");
    context.report(
        emptyRange(condition)
            .map(range -> {
              String right =
                  Wording.text(range.upper().span()) + " .. " + Wording.text(range.lower().span());
              return diagnostic.fix("write `" + right + "`", range.span(), right);
            })
            .orElse(diagnostic));
  }

  private Optional<Boolean> truth(Expression condition) {
    return switch (condition) {
      case Expression.Truth(boolean value, _) -> Optional.of(value);
      case Expression.Group(var inner, _) -> truth(inner);
      case Expression.Unary(var operator, var operand, _) when operator == UnaryOperator.NOT ->
          truth(operand).map(value -> !value);
      case Expression.Binary binary -> binary(binary);
      default -> Optional.empty();
    };
  }

  private Optional<Boolean> binary(Expression.Binary binary) {
    return switch (binary.operator()) {
      case AND -> decided(binary, false);
      case OR -> decided(binary, true);
      case IN -> emptyRange(binary).isPresent() ? Optional.of(false) : Optional.empty();
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL -> compared(binary);
      case POWER, TIMES, DIVIDE, PLUS, MINUS -> Optional.empty();
    };
  }

  /// One side that is `deciding` decides; otherwise both must be known.
  private Optional<Boolean> decided(Expression.Binary binary, boolean deciding) {
    Optional<Boolean> left = truth(binary.left());
    Optional<Boolean> right = truth(binary.right());
    boolean one =
        left.filter(v -> v == deciding).isPresent() || right.filter(v -> v == deciding).isPresent();
    return one
        ? Optional.of(deciding)
        : left.isPresent() && right.isPresent() ? Optional.of(!deciding) : Optional.empty();
  }

  private Optional<Boolean> compared(Expression.Binary binary) {
    Optional<Rational> left = Constants.SURE.value(binary.left(), scope);
    Optional<Rational> right = Constants.SURE.value(binary.right(), scope);
    if (!alike(binary.left(), binary.right())) {
      return Optional.empty();
    }
    if (left.isPresent() && right.isPresent()) {
      return Optional.of(holds(binary.operator(), left.get().compareTo(right.get())));
    }
    if (right.isPresent() && neverNegative(binary.left())) {
      return atLeastZero(binary.operator(), right.get().signum());
    }
    return Optional.empty();
  }

  /// Amounts that can be compared at all; others are told elsewhere.
  private boolean alike(Expression left, Expression right) {
    Context silent = context.silent();
    Type one = silent.in(scope).resolved(left);
    Type other = silent.in(scope).resolved(right);
    return Wording.isNumber(one) && Wording.isNumber(other) && context.sameDimension(one, other);
  }

  private static boolean holds(BinaryOperator operator, int order) {
    return switch (operator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case NOT_EQUAL -> order != 0;
      default -> order == 0;
    };
  }

  /// What is never negative, compared with a number of this sign.
  private static Optional<Boolean> atLeastZero(BinaryOperator operator, int sign) {
    return switch (operator) {
      case LESS -> sign <= 0 ? Optional.of(false) : Optional.empty();
      case LESS_OR_EQUAL, EQUAL -> sign < 0 ? Optional.of(false) : Optional.empty();
      case GREATER_OR_EQUAL -> sign <= 0 ? Optional.of(true) : Optional.empty();
      case GREATER, NOT_EQUAL -> sign < 0 ? Optional.of(true) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private boolean neverNegative(Expression value) {
    return switch (value.ungrouped()) {
      case Expression.Call(Expression.Variable(var name, _), _, _) ->
          NEVER_NEGATIVE.contains(name.text());
      case Expression.Variable(var name, _) -> name.text().equals("t");
      default -> false;
    };
  }

  /// The range of `x in 9 .. 5`.
  private Optional<Expression.Range> emptyRange(Expression condition) {
    if (condition.ungrouped() instanceof Expression.Binary(var operator, _, var right, _)
        && operator == BinaryOperator.IN
        && right.ungrouped() instanceof Expression.Range range) {
      Optional<Rational> from = Constants.SURE.value(range.lower(), scope);
      Optional<Rational> to = Constants.SURE.value(range.upper(), scope);
      boolean empty =
          alike(range.lower(), range.upper())
              && from.isPresent()
              && to.isPresent()
              && from.get().compareTo(to.get()) > 0;
      return empty ? Optional.of(range) : Optional.empty();
    }
    return Optional.empty();
  }
}
