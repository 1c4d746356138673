package snel.check;

import java.util.Optional;
import java.util.Set;
import snel.syntax.Expression;
import snel.units.Rational;

/// How an expression depends on some variables: not at all, linearly, or otherwise; names of
/// expressions are looked into.
///
/// @param variables names of the states
record Degrees(Scope scope, Set<String> variables) {
  private static final int DEEPEST = 100;

  /// @param moving whether it changes in time
  /// @param place what makes it nonlinear
  record Degree(int value, boolean moving, Optional<Expression> place) {
    static final Degree CONSTANT = new Degree(0, false, Optional.empty());
    static final Degree MOVING = new Degree(0, true, Optional.empty());
    static final Degree LINEAR = new Degree(1, true, Optional.empty());

    static Degree nonlinear(Expression place) {
      return new Degree(2, true, Optional.of(place));
    }
  }

  Degree of(Expression expression) {
    return of(expression, scope, 0);
  }

  private Degree of(Expression expression, Scope at, int depth) {
    if (depth > DEEPEST) {
      return Degree.CONSTANT;
    }
    return switch (expression) {
      case Expression.Variable(var name, _) -> variable(name.text(), at, depth);
      case Expression.Group(var inner, _) -> of(inner, at, depth + 1);
      case Expression.Unary(_, var operand, _) -> of(operand, at, depth + 1);
      case Expression.Binary binary -> binary(binary, at, depth);
      case Expression.Member _ -> at.find(expression).isPresent() ? Degree.CONSTANT : Degree.MOVING;
      default -> other(expression, at, depth);
    };
  }

  private Degree variable(String name, Scope at, int depth) {
    if (variables.contains(name)) {
      return Degree.LINEAR;
    }
    Optional<Symbol> symbol = at.find(name);
    if (symbol.isEmpty()) {
      return name.equals("t") ? Degree.MOVING : Degree.CONSTANT;
    }
    if (symbol.get().role() == Role.LET) {
      return symbol
          .get()
          .definition()
          .map(d -> of(d.value(), d.scope(), depth + 1))
          .orElse(Degree.CONSTANT);
    }
    return symbol.get().role().changes() && symbol.get().role() != Role.NOISE
        ? Degree.MOVING
        : Degree.CONSTANT;
  }

  private Degree binary(Expression.Binary binary, Scope at, int depth) {
    Degree left = of(binary.left(), at, depth + 1);
    Degree right = of(binary.right(), at, depth + 1);
    return switch (binary.operator()) {
      case PLUS, MINUS -> left.value() >= right.value() ? joined(left, right) : joined(right, left);
      case TIMES -> product(binary, left, right);
      case DIVIDE -> right.value() > 0 ? Degree.nonlinear(binary) : product(binary, left, right);
      case POWER -> power(binary, left, at);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, IN, AND, OR ->
          left.value() + right.value() > 0 ? Degree.nonlinear(binary) : joined(left, right);
    };
  }

  private static Degree joined(Degree higher, Degree lower) {
    return higher.moving() || !lower.moving() ? higher : Degree.MOVING;
  }

  /// A variable times something that moves has no constant coefficient.
  private static Degree product(Expression.Binary binary, Degree left, Degree right) {
    if (left.value() == 0 && right.value() == 0) {
      return joined(left, right);
    }
    Degree with = left.value() > 0 ? left : right;
    Degree factor = left.value() > 0 ? right : left;
    if (with.value() > 1) {
      return with;
    }
    return factor.moving() ? Degree.nonlinear(binary) : with;
  }

  private static Degree power(Expression.Binary binary, Degree base, Scope at) {
    boolean one = Constants.SURE.value(binary.right(), at).filter(Rational.ONE::equals).isPresent();
    return base.value() == 0 || one ? base : Degree.nonlinear(binary);
  }

  /// Functions, branches, lists: nonlinear in what they are made of. What a function of the program
  /// is, is seen when its body has been put in.
  private Degree other(Expression expression, Scope at, int depth) {
    Degree all = Degree.CONSTANT;
    for (Expression part : Parts.of(expression)) {
      boolean callee = expression instanceof Expression.Call call && part == call.callee();
      Degree degree = callee ? Degree.CONSTANT : of(part, at, depth + 1);
      if (degree.value() > 0) {
        return isOwnFunction(expression, at) ? Degree.LINEAR : Degree.nonlinear(expression);
      }
      all = joined(all, degree);
    }
    return all;
  }

  private static boolean isOwnFunction(Expression expression, Scope at) {
    return expression instanceof Expression.Call(var callee, _, _)
        && at.function(callee).isPresent();
  }
}
