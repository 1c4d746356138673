package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.elaborate.Evaluator;
import snel.elaborate.Val;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Functions;
import snel.resolve.Entity;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.TextPart;
import snel.units.Rational;

/// Tells what is known when compiled, and makes terms of it.
final class Constants {
  private static final Set<String> FOLDABLE =
      Set.of(
          "atan2",
          "distance",
          "min",
          "max",
          "clip",
          "mod",
          "sigmoid",
          "to_step",
          "size",
          "sum",
          "mean",
          "flatten",
          "linspace",
          "zip",
          "csv",
          "npy");

  private final Work work;
  private final Frame frame;

  Constants(Work work, Frame frame) {
    this.work = work;
    this.frame = frame;
  }

  Val evaluate(Expression expression) {
    return new Evaluator(work.context(), frame.env()).eval(expression);
  }

  /// The number that an expression is, where it is known exactly when compiled.
  Optional<Rational> exact(Expression expression) {
    return isFixed(expression)
            && evaluate(expression) instanceof Val.Num(Expr.Num(Exact.Ratio(var number)), _)
        ? Optional.of(number)
        : Optional.empty();
  }

  /// Whether the whole expression can be evaluated when compiled.
  boolean isFixed(Expression expression) {
    return switch (expression) {
      case Expression.Number _, Expression.Quantity _, Expression.Truth _ -> true;
      case Expression.Text(var parts, _) ->
          parts.stream()
              .allMatch(part ->
                  switch (part) {
                    case TextPart.Plain _ -> true;
                    case TextPart.Placeholder(var name, _) -> isFixed(name.text());
                  });
      case Expression.Variable(var name, _) -> isFixed(name.text());
      case Expression.Member(var owner, _, _) ->
          frame.inModule(expression).filter(this::isFixed).isPresent()
              || isFixed(owner) && evaluate(owner) instanceof Val.Table;
      case Expression.Index(var owner, var indices, _) ->
          isFixed(owner) && indices.stream().allMatch(this::isFixed);
      case Expression.Call(var callee, var arguments, _) -> isFixed(callee, arguments);
      case Expression.Unary(_, var operand, _) -> isFixed(operand);
      case Expression.Binary(_, var left, var right, _) -> isFixed(left) && isFixed(right);
      case Expression.Range(var low, var high, _, _) -> isFixed(low) && isFixed(high);
      case Expression.WholeAxis _ -> true;
      case Expression.Conditional(var condition, var yes, var no, _) ->
          isFixed(condition) && isFixed(yes) && isFixed(no);
      case Expression.Pipe _ -> false;
      case Expression.Array(var elements, _) -> elements.stream().allMatch(this::isFixed);
      case Expression.Tuple(var elements, _) -> elements.stream().allMatch(this::isFixed);
      case Expression.Group(var inner, _) -> isFixed(inner);
      case Expression.Missing _ -> true;
    };
  }

  private boolean isFixed(String name) {
    Optional<Meaning> local = frame.find(name);
    if (local.isPresent()) {
      return local.get() instanceof Meaning.Fixed(var value, var _) && isConstant(value);
    }
    if (name.equals("dt") || name.equals("pi") || name.equals("infinity")) {
      return true;
    }
    if (work.networkVariable(name).isPresent()) {
      return false;
    }
    Optional<Val> known = frame.env().find(name);
    if (known.isPresent()) {
      return isConstant(known.get());
    }
    return frame.env().file().find(name).filter(this::isFixed).isPresent();
  }

  private boolean isFixed(Entity entity) {
    return entity instanceof Entity.Declared(snel.syntax.Let let, var scope)
        && isConstant(
            new Evaluator(work.context(), snel.elaborate.Env.of(scope)).eval(let.value()));
  }

  private boolean isFixed(Expression callee, List<Argument> arguments) {
    if (!(callee instanceof Expression.Variable(var name, _))) {
      return false;
    }
    String function = name.text();
    boolean own = frame.env().file().function(function).isPresent();
    if (own || !(FOLDABLE.contains(function) || Functions.isUnary(function))) {
      return false;
    }
    return arguments.stream().allMatch(argument -> isFixed(argument.value()))
        || (function.equals("size")
            && arguments.size() == 1
            && frame.find(first(arguments)).isEmpty()
            && frame.env().find(first(arguments)).orElse(Val.BAD) instanceof Val.Cells);
  }

  private static String first(List<Argument> arguments) {
    return arguments.getFirst().value() instanceof Expression.Variable(var name, _)
        ? name.text()
        : "";
  }

  /// Whether a value holds nothing but constants.
  static boolean isConstant(Val value) {
    return switch (value) {
      case Val.Num(var expr, _) -> expr instanceof Expr.Num || expr instanceof Expr.Truth;
      case Val.Text _, Val.Table _, Val.Bad _ -> true;
      case Val.Items(var items) -> items.stream().allMatch(Constants::isConstant);
      case Val.Tuple(var parts) -> parts.stream().allMatch(Constants::isConstant);
      case Val.Range(var low, var high, _) -> isConstant(low) && isConstant(high);
      case Val.Marker(var name) -> name.equals("..");
      case Val.Cells _, Val.Wires _, Val.Part _, Val.Info _, Val.Reading _ -> false;
    };
  }

  /// A constant as a term; empty if it is none that a running experiment could hold.
  static Optional<Term> term(Val value) {
    return switch (value) {
      case Val.Num(Expr.Num(var number), _) -> Optional.of(new Term.Number(number.toDouble()));
      case Val.Num(Expr.Truth(var truth), _) -> Optional.of(new Term.Truth(truth));
      case Val.Text(var text) -> Optional.of(new Term.Word(text));
      case Val.Items(var items) -> items(items);
      case Val.Tuple(var parts) -> {
        List<Term> terms = new ArrayList<>();
        parts.forEach(part -> term(part).ifPresent(terms::add));
        yield terms.size() == parts.size()
            ? Optional.of(
                new Term.Tuple(terms, new Type.Tuple(terms.stream().map(Term::type).toList())))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /// Rows of equal length are an array; anything else is a list.
  private static Optional<Term> items(List<Val> items) {
    List<Integer> shape = shape(items);
    if (!shape.isEmpty()) {
      List<Double> numbers = new ArrayList<>();
      collect(items, numbers);
      double[] values = numbers.stream().mapToDouble(Double::doubleValue).toArray();
      return Optional.of(new Term.Numbers(shape, values));
    }
    List<Term> terms = new ArrayList<>();
    items.forEach(item -> term(item).ifPresent(terms::add));
    if (terms.size() != items.size()) {
      return Optional.empty();
    }
    Type element = terms.isEmpty() ? Type.REAL : terms.getFirst().type();
    return Optional.of(new Term.Listing(terms, new Type.Listing(element)));
  }

  /// The shape of a rectangular list of numbers; empty if it is none.
  private static List<Integer> shape(List<Val> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    if (items.stream().allMatch(item -> item instanceof Val.Num(Expr.Num _, _))) {
      return List.of(items.size());
    }
    List<Integer> inner = new ArrayList<>();
    for (Val item : items) {
      if (!(item instanceof Val.Items(var row))) {
        return List.of();
      }
      List<Integer> own = shape(row);
      if (own.isEmpty() || !(inner.isEmpty() || inner.equals(own))) {
        return List.of();
      }
      inner = new ArrayList<>(own);
    }
    inner.addFirst(items.size());
    return inner;
  }

  private static void collect(List<Val> items, List<Double> into) {
    for (Val item : items) {
      switch (item) {
        case Val.Num(Expr.Num(var number), _) -> into.add(number.toDouble());
        case Val.Items(var row) -> collect(row, into);
        default -> throw new IllegalStateException("no number: " + item);
      }
    }
  }
}
