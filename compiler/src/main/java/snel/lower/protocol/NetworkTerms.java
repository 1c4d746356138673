package snel.lower.protocol;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import snel.ir.Paths;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Expr;
import snel.math.Owner;
import snel.math.Relation;
import snel.math.Shapes;
import snel.math.Sharing;
import snel.model.Population;

/// Makes terms of expressions over the network's own names, such as its outputs and `let`s.
final class NetworkTerms {
  private static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          Map.entry("abs", Function.ABS),
          Map.entry("exp", Function.EXP),
          Map.entry("expm1", Function.EXPM1),
          Map.entry("exprel", Function.EXPREL),
          Map.entry("log", Function.LOG),
          Map.entry("log1p", Function.LOG1P),
          Map.entry("logit", Function.LOGIT),
          Map.entry("sqrt", Function.SQRT),
          Map.entry("sin", Function.SIN),
          Map.entry("cos", Function.COS),
          Map.entry("tan", Function.TAN),
          Map.entry("asin", Function.ASIN),
          Map.entry("acos", Function.ACOS),
          Map.entry("atan", Function.ATAN),
          Map.entry("atan2", Function.ATAN2),
          Map.entry("sinh", Function.SINH),
          Map.entry("cosh", Function.COSH),
          Map.entry("tanh", Function.TANH),
          Map.entry("sigmoid", Function.SIGMOID),
          Map.entry("sign", Function.SIGN),
          Map.entry("floor", Function.FLOOR),
          Map.entry("ceil", Function.CEIL),
          Map.entry("round", Function.ROUND),
          Map.entry("truncate", Function.TRUNCATE),
          Map.entry("relu", Function.RELU),
          Map.entry("min", Function.MIN),
          Map.entry("max", Function.MAX),
          Map.entry("clip", Function.CLIP),
          Map.entry("mod", Function.MOD));

  private final Work work;
  private final Selection picked;
  private final Map<Expr, Term.Variable> held = new IdentityHashMap<>();

  private NetworkTerms(Work work, Selection picked) {
    this.work = work;
    this.picked = picked;
  }

  /// The term of a function that works element by element.
  static Optional<Function> pointwise(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name));
  }

  static boolean isPointwise(Function function) {
    return FUNCTIONS.containsValue(function);
  }

  static Optional<Term> of(Work work, Expr expr, List<Integer> shape) {
    return of(work, expr, shape, Selection.ALL);
  }

  /// @param picked of the population that members are of
  static Optional<Term> of(Work work, Expr expr, List<Integer> shape, Selection picked) {
    return new NetworkTerms(work, picked).whole(expr, shape);
  }

  /// Parts of a long expression that stand in several places are worked out once, before it.
  private Optional<Term> whole(Expr expr, List<Integer> shape) {
    List<Term.Let> parts = new ArrayList<>();
    for (Expr part : Sharing.repeated(expr)) {
      Optional<Term> value = term(part, shape);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      Term.Variable variable = work.variable("part", value.get().type());
      held.put(part, variable);
      parts.add(new Term.Let(variable, value.get(), variable));
    }
    return term(expr, shape).map(body -> around(body, parts));
  }

  private static Term around(Term body, List<Term.Let> parts) {
    Term all = body;
    for (Term.Let part : parts.reversed()) {
      all = new Term.Let(part.variable(), part.value(), all);
    }
    return all;
  }

  /// @param shape of the value; empty for a single one
  private Optional<Term> term(Expr expr, List<Integer> shape) {
    Term.Variable known = held.get(expr);
    return known != null ? Optional.of(known) : written(expr, shape);
  }

  private Optional<Term> written(Expr expr, List<Integer> shape) {
    Type type = shape.isEmpty() ? Type.REAL : new Type.Array(shape);
    return switch (expr) {
      case Expr.Num(var value) -> Optional.of(new Term.Number(value.toDouble()));
      case Expr.Truth(var value) -> Optional.of(new Term.Truth(value));
      case Expr.Ref(Owner owner, String name, _) -> reference(owner, name, type);
      case Expr.Element(Expr.Ref ref, _)
          when ref.owner() == Owner.POPULATION && !picked.equals(Selection.ALL) ->
          reference(ref.owner(), ref.name(), type);
      case Expr.Element(Expr.Ref ref, Expr index) when ref.owner() == Owner.POPULATION ->
          places(index, shape)
              .flatMap(places ->
                  new NetworkTerms(work, places).reference(ref.owner(), ref.name(), type));
      case Expr.Element(Expr.Ref(var _, String name, _), Expr index) ->
          index instanceof Expr.Num(var at)
              ? Optional.of(
                  new Term.Read(
                      name, new Selection.Listed(List.of((int) at.toDouble())), Type.REAL))
              : Optional.of(new Term.Read(name, Selection.ALL, type));
      case Expr.Neg(var operand) -> term(operand, shape).map(Term.Negate::new);
      case Expr.Add(var a, var b) -> both(Term.Operator.ADD, a, b, shape, type);
      case Expr.Sub(var a, var b) -> both(Term.Operator.SUBTRACT, a, b, shape, type);
      case Expr.Mul(var a, var b) -> both(Term.Operator.MULTIPLY, a, b, shape, type);
      case Expr.Div(var a, var b) -> both(Term.Operator.DIVIDE, a, b, shape, type);
      case Expr.Pow(var a, var b) -> both(Term.Operator.POWER, a, b, shape, type);
      case Expr.Call(String function, var arguments) -> {
        List<Term> terms = new ArrayList<>();
        arguments.forEach(argument -> term(argument, shape).ifPresent(terms::add));
        yield terms.size() == arguments.size()
            ? pointwise(function).map(known -> new Term.Call(known, terms, type))
            : Optional.empty();
      }
      case Expr.OverAll(String function, int count, Expr body) ->
          of(work, body, List.of(count))
              .map(all -> new Term.Call(overAll(function), List.of(all), Type.REAL));
      case Expr.Compare(var relation, var a, var b) ->
          joined(
              a,
              b,
              shape,
              (x, y) -> new Term.Compare(comparison(relation), x, y, Types.comparison(x, y)));
      case Expr.And(var a, var b) -> joined(a, b, shape, Truths::and);
      case Expr.Or(var a, var b) -> joined(a, b, shape, Truths::or);
      case Expr.Not(var operand) -> term(operand, shape).map(Truths::not);
      case Expr.Choose(var condition, var yes, var no) ->
          term(condition, shape)
              .flatMap(test ->
                  joined(
                      yes,
                      no,
                      shape,
                      (x, y) -> new Term.Choose(test, x, y, Types.chosen(test, x, y))));
      default -> Optional.empty();
    };
  }

  /// The neurons that the places of a slice stand for.
  private static Optional<Selection> places(Expr index, List<Integer> shape) {
    int size = Shapes.size(shape);
    return switch (index) {
      case Expr.Num(var at) -> Optional.of(new Selection.Listed(List.of((int) at.toDouble())));
      case Expr.Ref _ -> Optional.of(new Selection.Range(0, size));
      case Expr.Add(Expr.Ref _, Expr.Num(var from)) -> {
        int first = (int) from.toDouble();
        yield Optional.of(new Selection.Range(first, first + size));
      }
      case Expr.Table(_, var indices, _) ->
          Optional.of(
              new Selection.Listed(indices.stream().map(at -> (int) at.toDouble()).toList()));
      default -> Optional.empty();
    };
  }

  private Optional<Term> reference(Owner owner, String name, Type type) {
    if (owner == Owner.NETWORK) {
      return Optional.of(
          name.equals("t") ? new Term.Time() : new Term.Read(name, Selection.ALL, type));
    }
    boolean ofMachine = Population.MEMBERS.contains(Paths.name(name));
    return owner == Owner.POPULATION && !ofMachine
        ? Optional.of(new Term.Read(name, picked, type))
        : Optional.empty();
  }

  private Optional<Term> both(
      Term.Operator operator, Expr a, Expr b, List<Integer> shape, Type type) {
    return joined(a, b, shape, (x, y) -> new Term.Arithmetic(operator, x, y, type));
  }

  private Optional<Term> joined(
      Expr a, Expr b, List<Integer> shape, BinaryOperator<Term> together) {
    Optional<Term> left = term(a, shape);
    Optional<Term> right = term(b, shape);
    return left.isPresent() && right.isPresent()
        ? Optional.of(together.apply(left.get(), right.get()))
        : Optional.empty();
  }

  private static Function overAll(String function) {
    return switch (function) {
      case "sum" -> Function.SUM;
      case "mean" -> Function.MEAN;
      case "min" -> Function.LEAST;
      case "max" -> Function.GREATEST;
      default -> throw new IllegalStateException("a reduction called " + function);
    };
  }

  private static Term.Comparison comparison(Relation relation) {
    return switch (relation) {
      case LESS -> Term.Comparison.LESS;
      case LESS_OR_EQUAL -> Term.Comparison.AT_MOST;
      case GREATER -> Term.Comparison.GREATER;
      case GREATER_OR_EQUAL -> Term.Comparison.AT_LEAST;
      case EQUAL -> Term.Comparison.EQUAL;
      case NOT_EQUAL -> Term.Comparison.UNEQUAL;
    };
  }
}
