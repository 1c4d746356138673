package snel.lower.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.elaborate.Env;
import snel.math.Functions;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.BinaryOperator;
import snel.syntax.Binding;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;
import snel.units.Rational;

/// In which unit a value that is known when compiled is shown: as its author writes its parts.
final class WrittenUnit {
  /// Functions whose result has the unit of what they are given.
  private static final Set<String> KEEPING =
      Set.of(
          "abs",
          "min",
          "max",
          "clip",
          "relu",
          "to_step",
          "sum",
          "mean",
          "flatten",
          "transpose",
          "repeat_each",
          "linspace",
          "mod",
          "uniform",
          "normal");

  /// Functions whose result is a plain number, beside those of one number that do not keep a unit.
  private static final Set<String> PLAIN = Set.of("atan2", "sigmoid", "is_finite", "size");

  private final Work work;
  private final Frame frame;

  WrittenUnit(Work work, Frame frame) {
    this.work = work;
    this.frame = frame;
  }

  /// Empty where nobody knows, and for plain numbers.
  String text(Expression expression) {
    return of(expression).orElse("");
  }

  /// Whether it is known to be a plain number.
  boolean isPlain(Expression expression) {
    return of(expression).filter(String::isEmpty).isPresent();
  }

  /// Nothing where nobody knows; empty for plain numbers.
  private Optional<String> of(Expression expression) {
    return switch (expression) {
      case Expression.Number _, Expression.Truth _ -> Optional.of("");
      case Expression.Quantity(_, var unit, _) -> Optional.of(unit.text());
      case Expression.Variable(var name, _) -> named(name.text());
      case Expression.Unary(_, var operand, _) -> of(operand);
      case Expression.Group(var inner, _) -> of(inner);
      case Expression.Pipe(var stream, _, _) -> of(stream);
      case Expression.Index(var owner, _, _) -> of(owner);
      case Expression.Conditional(_, var yes, var no, _) -> first(List.of(yes, no));
      case Expression.Array(var elements, _) -> first(elements);
      case Expression.Range(var low, var high, _, _) -> first(List.of(low, high));
      case Expression.Binary(var operator, var a, var b, _) -> binary(operator, a, b);
      case Expression.Member _
          when frame.inModule(expression).orElse(null)
              instanceof Entity.Declared(Let let, var scope) ->
          in(scope, let.value());
      case Expression.Call(Expression.Variable(var name, _), var arguments, _) ->
          called(name.text(), arguments.stream().map(Argument::value).toList());
      default -> Optional.empty();
    };
  }

  /// That of part `k` of the tuples that a list or stream gives.
  String part(Expression values, int k) {
    return partOf(values, k).orElse("");
  }

  private Optional<String> partOf(Expression values, int k) {
    return switch (values) {
      case Expression.Group(var inner, _) -> partOf(inner, k);
      case Expression.Pipe(var stream, _, _) -> partOf(stream, k);
      case Expression.Call(Expression.Variable(var name, _), var arguments, _)
          when name.text().equals("zip") && k < arguments.size() ->
          of(arguments.get(k).value());
      case Expression.Array(var tuples, _) ->
          first(tuples.stream().flatMap(tuple -> inTuple(tuple, k)).toList());
      case Expression.Variable(var name, _) -> partNamed(name.text(), k);
      default -> Optional.empty();
    };
  }

  private static Stream<Expression> inTuple(Expression tuple, int k) {
    return tuple.ungrouped() instanceof Expression.Tuple(var parts, _) && k < parts.size()
        ? Stream.of(parts.get(k))
        : Stream.empty();
  }

  private Optional<String> partNamed(String name, int k) {
    Optional<Expression> local = frame.written(name);
    if (local.isPresent()) {
      return partOf(local.get(), k);
    }
    return frame.env().file().find(name).orElse(null) instanceof Entity.Declared(Let let, var scope)
        ? new WrittenUnit(work, Frame.of(Env.of(scope))).partOf(let.value(), k)
        : Optional.empty();
  }

  private Optional<String> called(String function, List<Expression> arguments) {
    if (KEEPING.contains(function)) {
      return first(arguments);
    }
    if (function.equals("sqrt")) {
      return first(arguments).map(unit -> UnitAlgebra.power(unit, Rational.of(1, 2)));
    }
    return PLAIN.contains(function) || Functions.isUnary(function)
        ? Optional.of("")
        : Optional.empty();
  }

  private Optional<String> binary(BinaryOperator operator, Expression a, Expression b) {
    return switch (operator) {
      case PLUS, MINUS -> first(List.of(a, b));
      case TIMES -> of(a).flatMap(x -> of(b).map(y -> UnitAlgebra.product(x, y)));
      case DIVIDE -> of(a).flatMap(x -> of(b).map(y -> UnitAlgebra.quotient(x, y)));
      case POWER ->
          new Constants(work, frame).exact(b).flatMap(n -> of(a).map(x -> UnitAlgebra.power(x, n)));
      case IN, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL, AND, OR ->
          Optional.of("");
    };
  }

  /// That of the first that has one; they have the same dimension.
  private Optional<String> first(List<Expression> alike) {
    List<Optional<String>> units = alike.stream().map(this::of).toList();
    Optional<String> written =
        units.stream().flatMap(Optional::stream).filter(unit -> !unit.isEmpty()).findFirst();
    return written.isPresent() || units.contains(Optional.<String>empty())
        ? written
        : Optional.of("");
  }

  /// Nothing where nobody knows; empty for plain numbers.
  Optional<String> named(String name) {
    Optional<Meaning> local = frame.find(name);
    if (local.isPresent()) {
      return local.map(meaning -> ExpressionReader.unit(meaning).text());
    }
    return switch (name) {
      case "dt", "t" -> Optional.of("ms");
      case "pi", "infinity" -> Optional.of("");
      default -> declared(name);
    };
  }

  /// That of a constant of the file or the network.
  private Optional<String> declared(String name) {
    FileScope file = frame.env().file();
    if (file.find(name).orElse(null) instanceof Entity.Declared(Let let, var scope)) {
      return in(scope, let.value());
    }
    String network = work.elaborated().network().name();
    return file.find(network).orElse(null)
            instanceof Entity.Declared(Declaration.Network(_, var items, _, _), var scope)
        ? items.stream()
            .flatMap(item -> value(item, name).stream())
            .findFirst()
            .flatMap(value -> in(scope, value))
        : Optional.empty();
  }

  private Optional<String> in(FileScope scope, Expression value) {
    return new WrittenUnit(work, Frame.of(Env.of(scope))).of(value);
  }

  private static Optional<Expression> value(NetworkItem item, String name) {
    return switch (item) {
      case Let let when let.name().text().equals(name) -> Optional.of(let.value());
      case ModelItem.Parameters(var bindings, _, _) ->
          bindings.stream()
              .filter(binding -> binding.name().text().equals(name))
              .map(Binding::value)
              .filter(Objects::nonNull)
              .findFirst();
      default -> Optional.empty();
    };
  }
}
