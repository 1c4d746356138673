package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;

/// Types of compound terms.
final class Types {
  private Types() {}

  static Type arithmetic(Term.Operator operator, Term a, Term b) {
    if (isMany(a.type())) {
      return a.type();
    }
    if (isMany(b.type())) {
      return b.type();
    }
    boolean whole = a.type() instanceof Type.Whole && b.type() instanceof Type.Whole;
    return whole && operator != Term.Operator.DIVIDE ? Type.INTEGER : Type.REAL;
  }

  static Type comparison(Term a, Term b) {
    return isMany(a.type()) ? a.type() : isMany(b.type()) ? b.type() : Type.TRUTH;
  }

  /// Whether `value in list` holds: the value equals one of the elements.
  static Term among(Term value, List<Term> elements) {
    Term any = new Term.Truth(false);
    for (Term element : elements) {
      Term same = new Term.Compare(Term.Comparison.EQUAL, value, element, Type.TRUTH);
      any = any instanceof Term.Truth ? same : new Term.Or(any, same);
    }
    return any;
  }

  static Type either(Term a, Term b) {
    return a.type() instanceof Type.Whole && b.type() instanceof Type.Real ? Type.REAL : a.type();
  }

  /// Of one condition that of the branches, of several conditions as many numbers.
  static Type chosen(Term condition, Term a, Term b) {
    if (condition.type() instanceof Type.Listing) {
      return Type.array(-1);
    }
    return Term.Choose.isOfMany(condition) ? condition.type() : either(a, b);
  }

  /// Whether operators work on its elements.
  static boolean isMany(Type type) {
    return switch (type) {
      case Type.Array _, Type.Series _, Type.Trains _ -> true;
      case Type.Listing(var element) ->
          element instanceof Type.Real || element instanceof Type.Whole || isMany(element);
      default -> false;
    };
  }

  /// How many elements the first index of a list picks from, where that is known before anything
  /// runs.
  static Optional<Integer> choices(Term list) {
    return list.type() instanceof Type.Array(var shape) && shape.size() > 1
        ? Optional.of(shape.getFirst()).filter(n -> n >= 0)
        : size(list);
  }

  /// How many numbers a list has, where that is known before anything runs.
  static Optional<Integer> size(Term list) {
    return switch (list.type()) {
      case Type.Array(var shape) when shape.stream().allMatch(n -> n >= 0) ->
          Optional.of(shape.stream().reduce(1, (a, b) -> a * b));
      case Type.Listing _ when list instanceof Term.Listing(var elements, _) ->
          Optional.of(elements.size());
      case Type.Array _
          when list instanceof Term.Call(Function function, var arguments, _)
              && function == Function.ONE_HOT ->
          whole(arguments.get(1)).map(Math::toIntExact);
      default -> Optional.empty();
    };
  }

  /// A whole number that is known before anything runs.
  static Optional<Long> whole(Term term) {
    return switch (term) {
      case Term.Whole(long value) -> Optional.of(value);
      case Term.Number(double value) when value == Math.rint(value) && Math.abs(value) < 1e9 ->
          Optional.of((long) value);
      default -> Optional.empty();
    };
  }

  /// The type of an element of a loop or index.
  static Type element(Type type) {
    return switch (type) {
      case Type.Array(var shape) ->
          shape.size() <= 1 ? Type.REAL : new Type.Array(shape.subList(1, shape.size()));
      case Type.Listing(var element) -> element;
      case Type.Stream(var element) -> element;
      case Type.Trains _ -> Type.TRAINS;
      default -> Type.REAL;
    };
  }

  /// Of several elements along `axes`.
  static Type part(Type of, List<Term.Axis> axes) {
    if (of instanceof Type.Array(var lengths) && axes.size() <= lengths.size()) {
      List<Integer> shape = new ArrayList<>();
      for (int k = 0; k < lengths.size(); k++) {
        Term.Axis axis = k < axes.size() ? axes.get(k) : new Term.Axis(Term.Picks.ALL, List.of());
        switch (axis.picks()) {
          case ONE -> {}
          case LISTED -> shape.add(length(axis.terms().getFirst()));
          case BETWEEN -> shape.add(length(axis.terms().get(0), axis.terms().get(1)));
          case ALL -> shape.add(lengths.get(k));
        }
      }
      return new Type.Array(shape);
    }
    return switch (of) {
      case Type.Array _ -> Type.array(-1);
      case Type.Listing(var element) when axes.size() == 1 -> new Type.Listing(element);
      case Type.Listing(var element) -> {
        List<Term.Axis> rest = axes.subList(1, axes.size());
        boolean isOne = rest.stream().allMatch(axis -> axis.picks() == Term.Picks.ONE);
        Type inner = isOne ? element(element) : part(element, rest);
        yield axes.getFirst().picks() == Term.Picks.ONE ? inner : new Type.Listing(inner);
      }
      default -> of;
    };
  }

  private static int length(Term list) {
    return switch (list) {
      case Term.Numbers(var shape, var _) when shape.size() == 1 -> shape.getFirst();
      case Term.Listing(var elements, _) -> elements.size();
      default -> -1;
    };
  }

  private static int length(Term from, Term until) {
    return from instanceof Term.Whole(long first) && until instanceof Term.Whole(long end)
        ? (int) Math.max(0, end - first)
        : -1;
  }

  /// A variable that starts with a whole number may come to hold any.
  static Type ofVariable(Type initial) {
    return initial instanceof Type.Whole ? Type.REAL : initial;
  }
}
