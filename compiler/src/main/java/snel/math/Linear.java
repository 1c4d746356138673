package snel.math;

import java.util.Optional;
import snel.math.Expr.Add;
import snel.math.Expr.Choose;
import snel.math.Expr.Div;
import snel.math.Expr.Mul;
import snel.math.Expr.Neg;
import snel.math.Expr.Ref;
import snel.math.Expr.Sub;

/// An expression taken apart as `coefficient * variable + rest`, neither of which holds the
/// variable.
public record Linear(Expr coefficient, Expr rest) {
  private static final Expr ZERO = Expr.num(0);
  private static final Expr ONE = Expr.num(1);

  /// Takes `expression` apart in the variable `name` of [Owner#SELF]; empty if it is not linear in
  /// it.
  public static Optional<Linear> in(Expr expression, String name) {
    return in(expression, Owner.SELF, name);
  }

  /// The same for a variable of any owner.
  public static Optional<Linear> in(Expr expression, Owner owner, String name) {
    return new Separation(owner, name).of(expression);
  }

  private static final class Separation {
    private final Owner owner;
    private final String name;
    private final Once<Optional<Linear>> apart = new Once<>();
    private final Once<Boolean> mentioned = new Once<>();

    Separation(Owner owner, String name) {
      this.owner = owner;
      this.name = name;
    }

    Optional<Linear> of(Expr expression) {
      return apart.of(expression, this::found);
    }

    private Optional<Linear> found(Expr expression) {
      if (!mentions(expression)) {
        return Optional.of(new Linear(ZERO, expression));
      }
      return switch (expression) {
        case Ref _ -> Optional.of(new Linear(ONE, ZERO));
        case Neg(var a) -> of(a).map(x -> new Linear(Fold.neg(x.coefficient), Fold.neg(x.rest)));
        case Add(var a, var b) -> both(a, b, false);
        case Sub(var a, var b) -> both(a, b, true);
        case Mul(var a, var b) when !mentions(a) ->
            of(b).map(x -> new Linear(Fold.mul(a, x.coefficient), Fold.mul(a, x.rest)));
        case Mul(var a, var b) when !mentions(b) ->
            of(a).map(x -> new Linear(Fold.mul(x.coefficient, b), Fold.mul(x.rest, b)));
        case Div(var a, var b) when !mentions(b) ->
            of(a).map(x -> new Linear(Fold.div(x.coefficient, b), Fold.div(x.rest, b)));
        case Choose(var c, var a, var b) when !mentions(c) ->
            of(a)
                .flatMap(x ->
                    of(b)
                        .map(y ->
                            new Linear(
                                Fold.choose(c, x.coefficient, y.coefficient),
                                Fold.choose(c, x.rest, y.rest))));
        default -> Optional.empty();
      };
    }

    private Optional<Linear> both(Expr a, Expr b, boolean minus) {
      return of(a)
          .flatMap(x ->
              of(b)
                  .map(y ->
                      minus
                          ? new Linear(
                              Fold.sub(x.coefficient, y.coefficient), Fold.sub(x.rest, y.rest))
                          : new Linear(
                              Fold.add(x.coefficient, y.coefficient), Fold.add(x.rest, y.rest))));
    }

    private boolean mentions(Expr expression) {
      return mentioned.of(
          expression,
          e ->
              e instanceof Ref ref
                  ? ref.owner() == owner && ref.name().equals(name)
                  : Walk.children(e).stream().anyMatch(this::mentions));
    }
  }
}
