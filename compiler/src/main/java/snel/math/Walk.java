package snel.math;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Children, search and rebuilding of expressions.
public final class Walk {
  private Walk() {}

  public static List<Expr> children(Expr expression) {
    return switch (expression) {
      case Expr.Num _, Expr.Truth _, Expr.Ref _, Expr.Since _ -> List.of();
      case Expr.Neg(var a) -> List.of(a);
      case Expr.Add(var a, var b) -> List.of(a, b);
      case Expr.Sub(var a, var b) -> List.of(a, b);
      case Expr.Mul(var a, var b) -> List.of(a, b);
      case Expr.Div(var a, var b) -> List.of(a, b);
      case Expr.Pow(var a, var b) -> List.of(a, b);
      case Expr.Compare(_, var a, var b) -> List.of(a, b);
      case Expr.And(var a, var b) -> List.of(a, b);
      case Expr.Or(var a, var b) -> List.of(a, b);
      case Expr.Not(var a) -> List.of(a);
      case Expr.Choose(var c, var a, var b) -> List.of(c, a, b);
      case Expr.Call(_, var arguments) -> arguments;
      case Expr.Draw(_, var parameters, var bounds, _) -> {
        var all = new ArrayList<>(parameters);
        bounds.lower().ifPresent(all::add);
        bounds.upper().ifPresent(all::add);
        yield all;
      }
      case Expr.OverPeers(_, var body) -> List.of(body);
      case Expr.OverAll(_, _, var body) -> List.of(body);
      case Expr.Element(var array, var index) -> List.of(array, index);
      case Expr.Table(_, _, var index) -> List.of(index);
    };
  }

  public static boolean any(Expr expression, Predicate<Expr> test) {
    return first(expression, test).isPresent();
  }

  /// The first part for which `test` holds, each before its own parts.
  public static Optional<Expr> first(Expr expression, Predicate<Expr> test) {
    return first(expression, test, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Optional<Expr> first(Expr expression, Predicate<Expr> test, Set<Expr> passed) {
    List<Expr> children = children(expression);
    if (!children.isEmpty() && !passed.add(expression)) {
      return Optional.empty();
    }
    if (test.test(expression)) {
      return Optional.of(expression);
    }
    for (Expr child : children) {
      Optional<Expr> found = first(child, test, passed);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Shows `action` every part once, each before its own parts.
  public static void each(Expr expression, Consumer<Expr> action) {
    first(
        expression,
        e -> {
          action.accept(e);
          return false;
        });
  }

  /// Whether a reference to `owner`'s `name` occurs.
  public static boolean mentions(Expr expression, Owner owner, String name) {
    return any(
        expression,
        e -> e instanceof Expr.Ref ref && ref.owner() == owner && ref.name().equals(name));
  }

  public static boolean hasDraw(Expr expression) {
    return any(expression, e -> e instanceof Expr.Draw);
  }

  public static boolean isConstant(Expr expression) {
    return expression instanceof Expr.Num || expression instanceof Expr.Truth;
  }

  /// Rebuilds bottom-up with folding; `change` sees each node after its children were rebuilt, and
  /// a part of a long expression once, however many places it stands in.
  public static Expr rebuild(Expr expression, UnaryOperator<Expr> change) {
    return new Rebuilding(change, _ -> true).of(expression);
  }

  /// Rebuilds all but the bodies of reductions over places, whose index of [Owner#SELF] is the
  /// place and not the one that asks.
  public static Expr rebuildAsker(Expr expression, UnaryOperator<Expr> change) {
    return new Rebuilding(change, e -> !(e instanceof Expr.OverAll)).of(expression);
  }

  private record Rebuilding(UnaryOperator<Expr> change, Predicate<Expr> enters) {
    Expr of(Expr expression) {
      return Sharing.isLong(expression) ? once(expression, new Once<>()) : everywhere(expression);
    }

    private Expr everywhere(Expr expression) {
      return changed(expression, this::everywhere);
    }

    private Expr once(Expr expression, Once<Expr> known) {
      return known.of(expression, e -> changed(e, part -> once(part, known)));
    }

    private Expr changed(Expr expression, UnaryOperator<Expr> inside) {
      return change.apply(
          enters.test(expression) ? rebuildChildren(expression, inside) : expression);
    }
  }

  private static Expr rebuildChildren(Expr expression, UnaryOperator<Expr> rebuild) {
    return switch (expression) {
      case Expr.Num _, Expr.Truth _, Expr.Ref _, Expr.Since _ -> expression;
      case Expr.Neg(var a) -> Fold.neg(rebuild.apply(a));
      case Expr.Add(var a, var b) -> Fold.add(rebuild.apply(a), rebuild.apply(b));
      case Expr.Sub(var a, var b) -> Fold.sub(rebuild.apply(a), rebuild.apply(b));
      case Expr.Mul(var a, var b) -> Fold.mul(rebuild.apply(a), rebuild.apply(b));
      case Expr.Div(var a, var b) -> Fold.div(rebuild.apply(a), rebuild.apply(b));
      case Expr.Pow(var a, var b) -> Fold.pow(rebuild.apply(a), rebuild.apply(b));
      case Expr.Compare(var r, var a, var b) -> Fold.compare(r, rebuild.apply(a), rebuild.apply(b));
      case Expr.And(var a, var b) -> Fold.and(rebuild.apply(a), rebuild.apply(b));
      case Expr.Or(var a, var b) -> Fold.or(rebuild.apply(a), rebuild.apply(b));
      case Expr.Not(var a) -> Fold.not(rebuild.apply(a));
      case Expr.Choose(var c, var a, var b) ->
          Fold.choose(rebuild.apply(c), rebuild.apply(a), rebuild.apply(b));
      case Expr.Call(var f, var arguments) -> Fold.call(f, rebuildAll(arguments, rebuild));
      case Expr.Draw(var d, var parameters, var bounds, var ordinal) ->
          new Expr.Draw(
              d,
              rebuildAll(parameters, rebuild),
              new Bounds(bounds.lower().map(rebuild), bounds.upper().map(rebuild), bounds.closed()),
              ordinal);
      case Expr.OverPeers(var f, var body) -> new Expr.OverPeers(f, rebuild.apply(body));
      case Expr.OverAll(var f, var p, var body) -> new Expr.OverAll(f, p, rebuild.apply(body));
      case Expr.Element(var array, var index) -> new Expr.Element(array, rebuild.apply(index));
      case Expr.Table(var name, var values, var index) ->
          new Expr.Table(name, values, rebuild.apply(index));
    };
  }

  private static List<Expr> rebuildAll(List<Expr> all, UnaryOperator<Expr> rebuild) {
    return all.stream().map(rebuild).toList();
  }
}
