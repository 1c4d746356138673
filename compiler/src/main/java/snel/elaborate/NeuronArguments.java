package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Shapes;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;

/// What one population gives to its neuron model.
final class NeuronArguments {
  private final Context context;
  private final ModelParts parts;
  private final String path;
  private final List<Integer> shape;
  private final int size;
  private final List<Argument> given;
  private final Env env;

  /// @param network names at the place where the population is declared
  NeuronArguments(
      ModelParts parts, Env network, String path, List<Integer> shape, List<Argument> given) {
    this.context = parts.context;
    this.parts = parts;
    this.path = path;
    this.shape = shape;
    this.size = Shapes.size(shape);
    this.given = given;
    this.env = network.inner();
    env.define("self", new Val.Marker("self"));
    env.define("#axes:self", Val.of(shape.size()));
    env.define(TableAt.RANGE + "index", indices());
    parts.define(TableAt.RANGE + "index", indices());
  }

  /// Where the indices of the neurons lie.
  private Val indices() {
    return new Val.Range(Val.of(0), Val.of(size), false);
  }

  int size() {
    return size;
  }

  List<Integer> shape() {
    return shape;
  }

  List<Argument> all() {
    return given;
  }

  /// Names at the place where the population is declared, as its neurons see them.
  Env env() {
    return env;
  }

  Optional<Argument> named(String name) {
    return ModelParts.argument(given, name);
  }

  Val value(Argument argument) {
    return new Evaluator(context, env).eval(argument.value());
  }

  /// A value of the member `name`, as each neuron has it.
  Optional<Expr> each(String name, Val value, Span span) {
    return parts.perElement(value, path + "." + name, shape, span);
  }

  /// Where the value of an expression is written: at the argument, if it is a name that is given.
  Span written(Expression expression) {
    return expression instanceof Expression.Variable(var name, _)
        ? named(name.text()).map(argument -> argument.value().span()).orElse(expression.span())
        : expression.span();
  }
}
