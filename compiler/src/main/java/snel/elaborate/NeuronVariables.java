package snel.elaborate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.InputBinding;
import snel.model.Population;
import snel.model.Variable;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.ModelItem;

/// The parameters, states and inputs of a neuron model, filled with the arguments of one
/// population.
final class NeuronVariables {
  private final Context context;
  private final Evaluator arguments;
  private final Settings settings;
  private final ModelParts parts;
  private final Neuron neuron;
  private final String path;
  private final List<Integer> shape;
  private final int size;
  private final List<Argument> given;
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final List<Variable> inputs = new ArrayList<>();
  private final List<InputBinding> bindings = new ArrayList<>();
  private final Set<String> ownInputs = new LinkedHashSet<>();
  private final Set<String> ownStates = new LinkedHashSet<>();

  /// @param network names at the place where the population is declared
  /// @param settings what experiments assign, among others
  NeuronVariables(
      ModelParts parts,
      Neuron neuron,
      Env network,
      String path,
      List<Integer> shape,
      List<Argument> given,
      Settings settings) {
    this.context = parts.context;
    this.parts = parts;
    this.neuron = neuron;
    this.path = path;
    this.shape = shape;
    this.size = shape.stream().reduce(1, (a, b) -> a * b);
    this.given = given;
    this.settings = settings;
    Env env = network.inner();
    env.define("self", new Val.Marker("self"));
    env.define("#axes:self", Val.of(shape.size()));
    env.define(TableAt.RANGE + "index", indices());
    parts.define(TableAt.RANGE + "index", indices());
    this.arguments = new Evaluator(context, env);
  }

  /// Where the indices of the neurons lie.
  private Val indices() {
    return new Val.Range(Val.of(0), Val.of(size), false);
  }

  int size() {
    return size;
  }

  List<Variable> parameters() {
    return parameters;
  }

  List<Variable> states() {
    return states;
  }

  List<Variable> inputs() {
    return inputs;
  }

  List<InputBinding> bindings() {
    return bindings;
  }

  private void checkName(Binding binding) {
    if (Population.MEMBERS.contains(binding.name().text())) {
      context.fault(
          Code.RESERVED_MEMBER,
          "`" + binding.name().text() + "` is what every neuron has: choose another name",
          binding.name().span());
    }
  }

  void parameter(Binding binding, FileScope scope) {
    checkName(binding);
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    Optional<Argument> argument = ModelParts.argument(given, name);
    @Nullable Expression written =
        binding.value() != null ? binding.value() : argument.map(Argument::value).orElse(null);
    neuron.unit(name, Literals.unitOf(written, binding.type()));
    @Nullable Expression list = argument.map(Argument::value).orElse(binding.value());
    if (parts.isList(binding, scope) && list != null) {
      list(binding, list, scope);
      return;
    }
    if (argument.isPresent()) {
      Val value = new Evaluator(context, arguments.env()).eval(argument.get().value());
      Optional<Expr> each = parts.perElement(value, path + "." + name, size, argument.get().span());
      each.ifPresent(e -> bindParameter(binding, kind, e, argument.get(), scope));
      GivenRange.check(context, parts.env(scope), binding, value, argument.get().value().span());
      if (each.isEmpty()) {
        parts.define(name, Val.BAD);
        neuron.constant(name, Expr.num(0)); // it is there: what is missing is a value
      }
      return;
    }
    if (binding.value() == null) {
      parts.missing(binding, given);
      return;
    }
    Expression fallback = binding.value();
    boolean dynamic = settings.isAssigned(name);
    if (dynamic) {
      Optional<Expr> value = parts.evaluator(scope).scalar(fallback);
      value.ifPresent(e -> own(binding, kind, e, scope, isShared(name, e)));
      return;
    }
    parts.defineLazily(
        name,
        env -> {
          Val value = new Evaluator(context, env).eval(fallback);
          if (value instanceof Val.Num(var e, _) && !ModelParts.isConstant(e)) {
            own(binding, kind, e, scope, isShared(name, e));
            return Val.of(new Expr.Ref(Owner.SELF, name, kind));
          }
          return value;
        },
        scope);
    neuron.let(
        name,
        () ->
            parts
                .evaluator(scope)
                .scalar(new Expression.Variable(binding.name(), binding.name().span())));
  }

  /// All neurons have the whole list.
  private void list(Binding binding, Expression written, FileScope scope) {
    String name = binding.name().text();
    boolean isDefault = written == binding.value();
    parts.defineLazily(
        name,
        env -> {
          var reader = new Evaluator(context, isDefault ? env : arguments.env());
          return parts.list(
              binding,
              written,
              reader.eval(written),
              scope,
              (element, value) -> drawn(binding, element, value, scope));
        },
        scope);
    neuron.list(name, () -> parts.env(scope).find(name).orElse(Val.BAD));
  }

  /// An element of a list that each neuron draws.
  private Val drawn(Binding binding, String element, Expr value, FileScope scope) {
    Optional<Argument> argument = ModelParts.argument(given, binding.name().text());
    if (argument.isPresent() && isLive(value)) {
      follows(element, value, argument.get());
      return Val.BAD;
    }
    Kind kind = ModelParts.kind(binding);
    parameters.add(parts.variable(binding, kind, value, false, false, scope).named(element));
    return Val.of(new Expr.Ref(Owner.SELF, element, kind));
  }

  /// A parameter is a variable also where no more than an experiment reads it.
  void settle(Binding binding, FileScope scope) {
    parts.evaluator(scope).eval(new Expression.Variable(binding.name(), binding.name().span()));
  }

  private void bindParameter(
      Binding binding, Kind kind, Expr value, Argument argument, FileScope scope) {
    String name = binding.name().text();
    if (isLive(value)) {
      follows(name, value, argument);
      parts.define(name, Val.BAD);
      return;
    }
    boolean constant = ModelParts.isConstant(value) && !settings.isAssigned(name);
    if (constant) {
      parts.define(name, Val.of(value));
      neuron.constant(name, value);
    } else {
      own(binding, kind, value, scope, isShared(name, value));
    }
  }

  private void follows(String name, Expr value, Argument argument) {
    taken(
        "`" + name + "` is a parameter and cannot follow ",
        value,
        argument,
        "declare it in `%s` as `input %s : …`; a parameter keeps the value it starts with"
            .formatted(neuron.model(), name));
  }

  /// A value that is taken once is given what changes in time. E0505.
  private void taken(String cannot, Expr value, Argument argument, String help) {
    String what = live(value).map(name -> "`" + name + "`, which").orElse("what");
    context.fault(
        Diagnostic.of(
                Code.PARAMETER_FOLLOWS_INPUT, cannot + what + " changes in time", argument.span())
            .help(help));
  }

  /// Whether one value does for all neurons, as it begins and as experiments change it.
  private boolean isShared(String name, Expr value) {
    return !ModelParts.differs(value) && !settings.apart().contains(name);
  }

  /// A parameter with storage of its own: one value a neuron, or one that experiments assign.
  private void own(Binding binding, Kind kind, Expr value, FileScope scope, boolean shared) {
    String name = binding.name().text();
    parameters.add(parts.variable(binding, kind, value, false, shared, scope));
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
  }

  /// Declares a state.
  ///
  /// @return finds its initial value, when all names of the model are declared
  Runnable state(Binding binding, boolean plastic, boolean shared, FileScope scope) {
    checkName(binding);
    ModelParts.requireSingle(context, binding, "neuron");
    parts.range(binding, scope);
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    parts.kinds.put(name, kind);
    ownStates.add(name);
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
    return () -> {
      Optional<Argument> argument = ModelParts.argument(given, name);
      Optional<Expr> initial;
      if (argument.isPresent()) {
        Val value = new Evaluator(context, arguments.env()).eval(argument.get().value());
        initial = parts.perElement(value, path + "." + name, size, argument.get().span());
        if (initial.filter(NeuronVariables::isLive).isPresent()) {
          taken(
              "the state `" + name + "` is set before anything is presented and cannot start from ",
              initial.get(),
              argument.get(),
              "give it a number, and let `%s` take the other as an `input`, which is live"
                  .formatted(neuron.model()));
          initial = Optional.empty();
        }
      } else if (binding.value() != null) {
        initial =
            parts.perElement(
                parts.evaluator(scope).eval(binding.value()),
                path + "." + name,
                size,
                binding.span());
      } else {
        context.fault(
            Code.NO_INITIAL_VALUE,
            "the state `" + name + "` has no initial value",
            binding.name().span());
        initial = Optional.empty();
      }
      states.add(parts.state(binding, kind, initial.orElse(Expr.num(0)), plastic, shared, scope));
    };
  }

  /// Declares an input.
  ///
  /// @return finds its value, when all names of the model are declared
  Runnable input(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    Kind kind = Kinds.of(input.type());
    ownInputs.add(name);
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
    return () -> filled(input, kind, scope);
  }

  private void filled(ModelItem.Input input, Kind kind, FileScope scope) {
    String name = input.name().text();
    Optional<Argument> argument = ModelParts.argument(given, name);
    Expr initial = Expr.num(0);
    String unit = Literals.unitOf(input.fallback(), input.type());
    if (argument.isPresent()) {
      Val value = new Evaluator(context, arguments.env()).eval(argument.get().value());
      checkShape(value, argument.get().span());
      Optional<Expr> each = parts.perElement(value, path + "." + name, size, argument.get().span());
      if (each.isPresent()) {
        if (ModelParts.isConstant(each.get()) || !isLive(each.get())) {
          initial = each.get();
        } else {
          Expr followed = drawnOnce(input, each.get());
          bindings.add(new InputBinding(name, followed, changesEachStep(followed), false));
        }
      }
      unit = Literals.unitIn(argument.get().value()).orElse(unit);
    } else if (input.fallback() != null) {
      Expr value = parts.evaluator(scope).scalar(input.fallback()).orElse(initial);
      boolean isOwn = followsItself(value);
      if (isOwn || isLive(value)) {
        Expr followed = drawnOnce(input, value);
        bindings.add(new InputBinding(name, followed, isOwn || changesEachStep(followed), false));
      } else {
        initial = value;
      }
    }
    inputs.add(
        new Variable(
            name,
            kind,
            initial,
            Bounds.NONE,
            false,
            false,
            unit,
            Literals.factor(unit),
            input.span()));
  }

  /// Draws that nothing moves are made when the network is built, as those of a value that keeps
  /// still: each becomes a parameter that no one can name.
  private Expr drawnOnce(ModelItem.Input input, Expr value) {
    Map<Expr, Expr> drawn = new HashMap<>();
    return Walk.rebuildAsker(
        value,
        e ->
            e instanceof Expr.Draw && !isLive(e) && !followsItself(e)
                ? drawn.computeIfAbsent(e, draw -> drawn(input, draw, drawn.size()))
                : e);
  }

  private Expr drawn(ModelItem.Input input, Expr draw, int number) {
    String name = Variable.drawnFor(input.name().text(), number);
    parameters.add(
        new Variable(name, Kind.REAL, draw, Bounds.NONE, false, false, "", 1, input.span()));
    return new Expr.Ref(Owner.SELF, name, Kind.REAL);
  }

  private void checkShape(Val value, Span span) {
    if (value instanceof Val.Num(_, var found) && !found.isEmpty()) {
      int count = found.stream().reduce(1, (a, b) -> a * b);
      if (count != size) {
        context.fault(
            Code.UNLIKE_SHAPES,
            "the value has shape " + found + ", but the population is " + shape,
            span);
      }
    }
  }

  /// The name of what changes in time, if the value has one in it.
  private static Optional<String> live(Expr value) {
    List<String> names = new ArrayList<>();
    Walk.any(
        value,
        e -> {
          if (e instanceof Expr.Element(var array, _)) {
            names.add(array.name());
          } else if (e instanceof Expr.Ref ref
              && (ref.owner() == Owner.NETWORK || ref.owner() == Owner.POPULATION)) {
            names.add(ref.name());
          }
          return false;
        });
    return names.stream().findFirst();
  }

  private static boolean isLive(Expr value) {
    return live(value).isPresent();
  }

  /// Whether a default speaks of what changes in the population itself.
  private boolean followsItself(Expr value) {
    return Walk.any(
        value,
        e ->
            e instanceof Expr.Ref ref
                && (ref.owner() == Owner.PEER
                    || ref.owner() == Owner.SELF
                        && (ownInputs.contains(ref.name()) || ownStates.contains(ref.name()))));
  }

  private boolean changesEachStep(Expr value) {
    return Walk.any(
        value,
        e ->
            e instanceof Expr.Ref ref
                && (ref.owner() == Owner.POPULATION
                    || ref.owner() == Owner.NETWORK
                        && (ref.name().equals("t")
                            || arguments.env().find("#state:" + ref.name()).isPresent())));
  }

  /// Where the value of an expression is written: at the argument, if it is a name that is given.
  Span written(Expression expression) {
    return expression instanceof Expression.Variable(var name, _)
        ? ModelParts.argument(given, name.text())
            .map(argument -> argument.value().span())
            .orElse(expression.span())
        : expression.span();
  }
}
