package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Action;
import snel.model.Competition;
import snel.model.Equation;
import snel.model.Every;
import snel.model.Firing;
import snel.model.Handler;
import snel.model.InputBinding;
import snel.model.Population;
import snel.model.Port;
import snel.model.Refractory;
import snel.model.UserEvent;
import snel.model.Variable;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;

/// Fills a neuron model with the arguments of one population.
final class NeuronElaborator {
  /// What came of it: the population, and what others may read of its neurons.
  record Result(Population population, Neuron neuron) {}

  private final Context context;
  private final Evaluator arguments;
  private final Set<String> assigned;
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
  private final List<String> noises = new ArrayList<>();
  private final List<String> sharedNoises = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Equation>> equations = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Integrate>> methods = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final List<Handler> handlers = new ArrayList<>();
  private final List<UserEvent> events = new ArrayList<>();
  private final List<Every> every = new ArrayList<>();
  private Firing firing = new Firing.Never();
  private List<Action> reset = List.of();
  private Optional<Refractory> refractory = Optional.empty();

  /// @param network names at the place where the population is declared
  /// @param assigned names of parameters that some experiment assigns
  NeuronElaborator(
      Context context,
      Env network,
      String model,
      String path,
      List<Integer> shape,
      List<Argument> given,
      Set<String> assigned) {
    this.context = context;
    this.path = path;
    this.shape = shape;
    this.size = shape.stream().reduce(1, (a, b) -> a * b);
    this.given = given;
    this.assigned = assigned;
    this.neuron = new Neuron(model);
    this.parts = new ModelParts(context, model);
    Env env = network.inner();
    env.define("self", new Val.Marker("self"));
    env.define("#axes:self", Val.of(shape.size()));
    this.arguments = new Evaluator(context, env);
  }

  Result elaborate(
      Entity.Declared declared,
      Optional<Competition> inhibit,
      Optional<Competition> winners,
      Span span) {
    parts.define("self", new Val.Marker("self"));
    parts.define("peers", new Val.Marker("peers"));
    parts.define("#self", new Val.Info(neuron));
    parts.define("#size", Val.of(size));
    parts.define("#axes:self", Val.of(shape.size()));
    List<Inheritance.Placed<NeuronItem>> items = new Inheritance(context).neuron(declared);
    for (var placed : items) {
      declare(placed.item(), placed.scope());
    }
    unknownArguments(items);
    for (var placed : items) {
      body(placed.item(), placed.scope());
    }
    later.forEach(Runnable::run);
    List<Equation> rates = parts.equations(equations, methods);
    neuron.names();
    return new Result(
        new Population(
            path,
            neuron.model(),
            shape,
            false,
            parameters,
            states,
            inputs,
            bindings,
            noises,
            sharedNoises,
            rates,
            ports,
            firing,
            reset,
            handlers,
            refractory,
            events,
            every,
            inhibit,
            winners,
            span),
        neuron);
  }

  private void declare(NeuronItem item, FileScope scope) {
    switch (item) {
      case ModelItem.Parameters(var list, _, _) -> list.forEach(b -> parameter(b, scope));
      case ModelItem.States(var plastic, var shared, var list, _, _) ->
          list.forEach(b -> state(b, plastic, shared, scope));
      case ModelItem.Input input -> input(input, scope);
      case ModelItem.Noise(var shared, var names, _, _) -> {
        for (var name : names) {
          (shared ? sharedNoises : noises).add(name.text());
          parts.define(name.text(), Val.of(new Expr.Ref(Owner.SELF, name.text(), Kind.REAL)));
        }
      }
      case Let let -> {
        parts.defineLazily(
            let.name().text(), env -> new Evaluator(context, env).eval(let.value()), scope);
        neuron.let(let.name().text(), () -> parts.evaluator(scope).scalar(variable(let)));
      }
      case NeuronItem.UserEvent event -> neuron.event(event.name().text());
      case ModelItem.Equation equation -> equations.add(new Inheritance.Placed<>(equation, scope));
      case ModelItem.Integrate integrate -> methods.add(new Inheritance.Placed<>(integrate, scope));
      case ModelItem.Receive _,
          ModelItem.OnEvent _,
          ModelItem.EveryPeriod _,
          NeuronItem.SpikeWhen _,
          NeuronItem.SpikeOnCrossing _,
          NeuronItem.SpikeWithRate _,
          NeuronItem.SpikeAt _,
          NeuronItem.Reset _,
          NeuronItem.Refractory _ -> {}
    }
  }

  private static Expression variable(Let let) {
    return new Expression.Variable(let.name(), let.name().span());
  }

  private void checkName(Binding binding) {
    if (Population.MEMBERS.contains(binding.name().text())) {
      context.fault(
          Code.RESERVED_MEMBER,
          "`" + binding.name().text() + "` is what every neuron has: choose another name",
          binding.name().span());
    }
  }

  private void parameter(Binding binding, FileScope scope) {
    checkName(binding);
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    Optional<Argument> argument = ModelParts.argument(given, name);
    if (argument.isPresent()) {
      Val value = new Evaluator(context, arguments.env()).eval(argument.get().value());
      Optional<Expr> each = parts.perElement(value, path + "." + name, size, argument.get().span());
      each.ifPresent(e -> bindParameter(binding, kind, e, argument.get(), scope));
      if (each.isEmpty()) {
        parts.define(name, Val.BAD);
      }
      return;
    }
    if (binding.value() == null) {
      context.fault(
          Code.MISSING_ARGUMENT,
          "`" + neuron.model() + "` wants a value for `" + name + "`",
          binding.name().span());
      parts.define(name, Val.BAD);
      return;
    }
    Expression fallback = binding.value();
    boolean dynamic = assigned.contains(name);
    if (dynamic) {
      Optional<Expr> value = parts.evaluator(scope).scalar(fallback);
      value.ifPresent(e -> own(binding, kind, e, scope, true));
      return;
    }
    parts.defineLazily(
        name,
        env -> {
          Val value = new Evaluator(context, env).eval(fallback);
          if (value instanceof Val.Num(var e, _) && !ModelParts.isConstant(e)) {
            own(binding, kind, e, scope, !ModelParts.differs(e));
            return Val.of(new Expr.Ref(Owner.SELF, name, kind));
          }
          return value;
        },
        scope);
    neuron.let(name, () -> parts.evaluator(scope).scalar(variableOf(binding)));
  }

  private static Expression variableOf(Binding binding) {
    return new Expression.Variable(binding.name(), binding.name().span());
  }

  private void bindParameter(
      Binding binding, Kind kind, Expr value, Argument argument, FileScope scope) {
    String name = binding.name().text();
    boolean live =
        Walk.any(
            value,
            e ->
                e instanceof Expr.Ref ref
                        && (ref.owner() == Owner.NETWORK || ref.owner() == Owner.POPULATION)
                    || e instanceof Expr.Element);
    if (live) {
      context
          .diagnostics()
          .report(
              Diagnostic.of(
                      Code.PARAMETER_FOLLOWS_INPUT,
                      "`" + name + "` is a parameter and cannot follow what changes in time",
                      argument.span())
                  .help("declare it `input` in `" + neuron.model() + "`"));
      parts.define(name, Val.BAD);
      return;
    }
    boolean constant = ModelParts.isConstant(value) && !assigned.contains(name);
    if (constant) {
      parts.define(name, Val.of(value));
      neuron.constant(name, value);
      range(binding, value, argument.span(), scope);
    } else {
      own(binding, kind, value, scope, !ModelParts.differs(value));
    }
  }

  private void range(Binding binding, Expr value, Span span, FileScope scope) {
    Bounds bounds = parts.bounds(binding.bounds(), scope);
    if (!(value instanceof Expr.Num(var number))) {
      return;
    }
    boolean below =
        bounds
            .lower()
            .filter(b -> b instanceof Expr.Num(var n) && number.compareTo(n) < 0)
            .isPresent();
    boolean above =
        bounds
            .upper()
            .filter(b -> b instanceof Expr.Num(var n) && number.compareTo(n) > 0)
            .isPresent();
    if (below || above) {
      context.fault(
          Code.OUT_OF_RANGE,
          "the value is outside the range of `" + binding.name().text() + "`",
          span);
    }
  }

  /// A parameter with storage of its own: one value a neuron, or one that experiments assign.
  private void own(Binding binding, Kind kind, Expr value, FileScope scope, boolean shared) {
    String name = binding.name().text();
    parameters.add(parts.variable(binding, kind, value, false, shared, scope));
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
  }

  private void state(Binding binding, boolean plastic, boolean shared, FileScope scope) {
    checkName(binding);
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    parts.kinds.put(name, kind);
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
    later.add(() -> {
      Optional<Argument> argument = ModelParts.argument(given, name);
      Optional<Expr> initial;
      if (argument.isPresent()) {
        Val value = new Evaluator(context, arguments.env()).eval(argument.get().value());
        initial = parts.perElement(value, path + "." + name, size, argument.get().span());
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
      states.add(
          parts.variable(binding, kind, initial.orElse(Expr.num(0)), plastic, shared, scope));
    });
  }

  private void input(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    Kind kind = Kinds.of(input.type());
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
    neuron.variable(name, kind);
    Optional<Argument> argument = ModelParts.argument(given, name);
    Expr initial = Expr.num(0);
    String unit = "";
    if (argument.isPresent()) {
      Val value = new Evaluator(context, arguments.env()).eval(argument.get().value());
      checkShape(value, argument.get().span());
      Optional<Expr> each = parts.perElement(value, path + "." + name, size, argument.get().span());
      if (each.isPresent()) {
        if (ModelParts.isConstant(each.get()) || !isLive(each.get())) {
          initial = each.get();
        } else {
          bindings.add(new InputBinding(name, each.get(), changesEachStep(each.get())));
        }
      }
      unit = Literals.unitIn(argument.get().value()).orElse("");
    } else if (input.fallback() != null) {
      initial = parts.evaluator(scope).scalar(input.fallback()).orElse(initial);
      unit = Literals.unitIn(input.fallback()).orElse("");
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

  private static boolean isLive(Expr value) {
    return Walk.any(
        value,
        e ->
            e instanceof Expr.Element
                || e instanceof Expr.Ref ref
                    && (ref.owner() == Owner.NETWORK || ref.owner() == Owner.POPULATION));
  }

  private boolean changesEachStep(Expr value) {
    return Walk.any(
        value,
        e ->
            e instanceof Expr.Draw
                || e instanceof Expr.Ref ref
                    && (ref.owner() == Owner.POPULATION
                        || ref.owner() == Owner.NETWORK
                            && (ref.name().equals("t")
                                || arguments.env().find("#state:" + ref.name()).isPresent())));
  }

  private void unknownArguments(List<Inheritance.Placed<NeuronItem>> items) {
    List<String> known = new ArrayList<>();
    for (var placed : items) {
      switch (placed.item()) {
        case ModelItem.Parameters(var list, _, _) -> list.forEach(b -> known.add(b.name().text()));
        case ModelItem.States(_, _, var list, _, _) ->
            list.forEach(b -> known.add(b.name().text()));
        case ModelItem.Input input -> known.add(input.name().text());
        default -> {}
      }
    }
    for (Argument argument : given) {
      if (argument.name() == null) {
        context.fault(
            Code.UNKNOWN_ARGUMENT,
            "arguments of a model are given by name: `name: value`",
            argument.span());
      } else if (!known.contains(argument.name().text())) {
        context.fault(
            Diagnostic.of(
                Code.UNKNOWN_ARGUMENT,
                "`"
                    + neuron.model()
                    + "` has no `"
                    + argument.name().text()
                    + "`"
                    + Nearest.hint(argument.name().text(), known),
                argument.name().span()));
      }
    }
  }

  private void body(NeuronItem item, FileScope scope) {
    switch (item) {
      case ModelItem.Receive receive ->
          later.add(() -> ports.add(Receives.read(receive, reader(), parts.env(scope))));
      case ModelItem.OnEvent(var event, var body, var span) ->
          later.add(() -> handlers.add(new Handler(event.text(), actions(body, scope), span)));
      case ModelItem.EveryPeriod(var period, var body, var span) ->
          later.add(() ->
              parts
                  .steps(period, scope)
                  .ifPresent(n -> every.add(new Every(n, actions(body, scope), span))));
      case NeuronItem.SpikeWhen(var condition, _) ->
          later.add(
              () -> scalar(condition, scope).ifPresent(c -> firing = new Firing.When(c, false)));
      case NeuronItem.SpikeOnCrossing(var condition, _) ->
          later.add(
              () -> scalar(condition, scope).ifPresent(c -> firing = new Firing.When(c, true)));
      case NeuronItem.SpikeWithRate(var rate, _) ->
          later.add(() -> scalar(rate, scope).ifPresent(r -> firing = new Firing.WithRate(r)));
      case NeuronItem.SpikeAt(var time, _) -> later.add(() -> spikeAt(time, scope));
      case NeuronItem.Reset(var body, _) -> later.add(() -> reset = actions(body, scope));
      case NeuronItem.Refractory r -> later.add(() -> refractory(r, scope));
      case NeuronItem.UserEvent(var name, var condition, var body, _, var span) ->
          later.add(() ->
              scalar(condition, scope)
                  .ifPresent(c ->
                      events.add(
                          new UserEvent(
                              name.text(),
                              c,
                              body == null ? List.of() : actions(body, scope),
                              span))));
      case ModelItem.Parameters _,
          ModelItem.States _,
          ModelItem.Input _,
          ModelItem.Noise _,
          ModelItem.Equation _,
          ModelItem.Integrate _,
          Let _ -> {}
    }
  }

  private Optional<Expr> scalar(Expression expression, FileScope scope) {
    return parts.evaluator(scope).scalar(expression);
  }

  private ActionReader reader() {
    return new ActionReader(context, parts.kinds);
  }

  private List<Action> actions(List<snel.syntax.Action> body, FileScope scope) {
    return reader().read(body, parts.env(scope));
  }

  /// `spike at poisson(rate, frozen: …)`, or a time.
  private void spikeAt(Expression time, FileScope scope) {
    if (time instanceof Expression.Call(Expression.Variable(var name, _), var list, _)
        && name.text().equals("poisson")) {
      Optional<Expr> rate = scalar(list.get(0).value(), scope);
      boolean frozen =
          ModelParts.argument(list, "frozen")
              .flatMap(a -> scalar(a.value(), scope))
              .filter(e -> e instanceof Expr.Truth(var truth) && truth)
              .isPresent();
      rate.ifPresent(r -> firing = new Firing.Poisson(r, frozen));
      return;
    }
    scalar(time, scope).ifPresent(t -> firing = new Firing.At(t));
  }

  private void refractory(NeuronItem.Refractory r, FileScope scope) {
    Optional<Expr> value = scalar(r.value(), scope);
    if (value.isEmpty()) {
      return;
    }
    List<String> holding = new ArrayList<>();
    for (var name : r.holding()) {
      if (parts.kinds.containsKey(name.text())) {
        holding.add(name.text());
      } else {
        context.fault(
            Code.NOT_A_STATE, "`" + name.text() + "` is no state of this neuron", name.span());
      }
    }
    if (!r.whileTrue() && value.get() instanceof Expr.Num(var ms)) {
      parts.steps(ms, r.value().span());
    }
    refractory =
        Optional.of(
            r.whileTrue()
                ? new Refractory(Optional.empty(), value, holding, r.accumulates())
                : new Refractory(value, Optional.empty(), holding, r.accumulates()));
  }
}
