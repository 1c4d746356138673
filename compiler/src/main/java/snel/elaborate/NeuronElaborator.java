package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Competition;
import snel.model.Equation;
import snel.model.Every;
import snel.model.Firing;
import snel.model.Handler;
import snel.model.Population;
import snel.model.Port;
import snel.model.Refractory;
import snel.model.UserEvent;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;

/// Fills a neuron model with the arguments of one population.
final class NeuronElaborator {
  private static final Firing UNREADABLE = new Firing.When(new Expr.Truth(false), false);

  private final Context context;
  private final ModelParts parts;
  private final Neuron neuron;
  private final String path;
  private final List<Integer> shape;
  private final NeuronArguments arguments;
  private final NeuronVariables variables;
  private final NeuronInputs inputs;
  private final List<String> noises = new ArrayList<>();
  private final List<String> sharedNoises = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Equation>> equations = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Integrate>> methods = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private List<Inheritance.Placed<NeuronItem>> items = List.of();
  private final List<Port> ports = new ArrayList<>();
  private final List<Handler> handlers = new ArrayList<>();
  private final List<UserEvent> events = new ArrayList<>();
  private final List<Every> every = new ArrayList<>();
  private Firing firing = new Firing.Never();
  private List<Action> reset = List.of();
  private Optional<Refractory> refractory = Optional.empty();

  /// @param network names at the place where the population is declared
  /// @param settings what experiments assign, among others
  NeuronElaborator(
      Context context,
      Env network,
      String model,
      String path,
      List<Integer> shape,
      List<Argument> given,
      Settings settings) {
    this.context = context;
    this.path = path;
    this.shape = shape;
    this.parts = new ModelParts(context, model, given, settings.numerics().precision());
    this.arguments = new NeuronArguments(parts, network, path, shape, given);
    this.neuron = new Neuron(model, arguments.size());
    this.variables = new NeuronVariables(parts, neuron, arguments, settings);
    this.inputs = new NeuronInputs(parts, neuron, arguments, variables);
  }

  /// Makes the names of the model known.
  ///
  /// @return what others may read of its neurons
  Neuron declare(Entity.Declared declared) {
    parts.define("self", new Val.Marker("self"));
    parts.define("peers", new Val.Marker("peers"));
    parts.define("#self", new Val.Info(neuron));
    parts.define("#size", Val.of(arguments.size()));
    parts.define("#axes:self", Val.of(shape.size()));
    items = new Inheritance(context).neuron(declared);
    for (var placed : items) {
      declare(placed.item(), placed.scope());
    }
    for (var placed : items) {
      body(placed.item(), placed.scope());
    }
    parts.reportMissing();
    return neuron;
  }

  /// Fills the model, when all populations that its arguments may speak of are declared.
  Population filled(Optional<Competition> inhibit, Optional<Competition> winners, Span span) {
    later.forEach(Runnable::run);
    items.stream()
        .map(Inheritance.Placed::item)
        .filter(item -> item instanceof NeuronItem.Refractory && firing.isSource())
        .forEach(item -> notGiven(item.span()));
    List<String> random = new ArrayList<>(noises);
    random.addAll(sharedNoises);
    List<Equation> rates = parts.equations(equations, methods, random);
    neuron.names();
    new SharedStates(
            context, this::isOne, "neurons", "take one value of all: `mean(peers.v)`, for example")
        .check(variables.states(), rates);
    var population =
        new Population(
            path,
            neuron.model(),
            shape,
            false,
            variables.parameters(),
            variables.states(),
            inputs.all(),
            inputs.bindings(),
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
            span);
    new PeersInTurn(context, population).check();
    return population;
  }

  /// Whether a name stands for one value in the whole population.
  private boolean isOne(Expr.Ref ref) {
    return switch (ref.owner()) {
      case SELF ->
          sharedNoises.contains(ref.name())
              || Stream.concat(variables.states().stream(), variables.parameters().stream())
                  .anyMatch(v -> v.shared() && v.name().equals(ref.name()));
      case PEER, NETWORK, POPULATION, ARGUMENT, LOCAL -> true;
      case PRE, POST -> false;
    };
  }

  private void declare(NeuronItem item, FileScope scope) {
    switch (item) {
      case ModelItem.Parameters(var list, _, _) ->
          list.forEach(b -> {
            variables.parameter(b, scope);
            later.add(() -> variables.settle(b, scope));
          });
      case ModelItem.States(var plastic, var shared, var list, _, _) ->
          list.forEach(b -> later.add(variables.state(b, plastic, shared, scope)));
      case ModelItem.Input input -> later.add(inputs.declare(input, scope));
      case ModelItem.Noise(var shared, var names, _, _) -> {
        for (var name : names) {
          (shared ? sharedNoises : noises).add(name.text());
          parts.define(name.text(), Val.of(new Expr.Ref(Owner.SELF, name.text(), Kind.REAL)));
        }
      }
      case Let let -> {
        parts.defineLazily(
            let.name().text(), env -> new Evaluator(context, env).eval(let.value()), scope);
        if (let.type() != null) {
          neuron.unit(let.name().text(), Literals.unitOf(let.value(), let.type()));
        }
        neuron.let(
            let.name().text(),
            () ->
                parts
                    .evaluator(scope)
                    .scalar(new Expression.Variable(let.name(), let.name().span())));
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
          later.add(() -> fires(scalar(condition, scope).map(c -> new Firing.When(c, false))));
      case NeuronItem.SpikeOnCrossing(var condition, _) ->
          later.add(() -> fires(scalar(condition, scope).map(c -> new Firing.When(c, true))));
      case NeuronItem.SpikeWithRate(var rate, _) ->
          later.add(() -> fires(scalar(rate, scope).map(Firing.WithRate::new)));
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
    return parts.evaluator(scope).one(expression);
  }

  private ActionReader reader() {
    return new ActionReader(context, parts.kinds);
  }

  private List<Action> actions(List<snel.syntax.Action> body, FileScope scope) {
    return reader().read(body, parts.env(scope));
  }

  /// A model that says when it spikes is a source, also where a fault in that has been told of.
  private void fires(Optional<? extends Firing> read) {
    firing = read.isPresent() ? read.get() : UNREADABLE;
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
      fires(rate.map(r -> new Firing.Poisson(r, frozen)));
      return;
    }
    Optional<Expr> at = scalar(time, scope);
    fires(at.map(Firing.At::new));
    // a time that is worked out for each neuron or sample, as latency codes are, goes to the
    // nearest
    if (at.isPresent() && at.get() instanceof Expr.Num(var constant)) {
      Times.steps(context, constant, time.span());
    }
  }

  private void notGiven(Span refractory) {
    context.fault(
        Code.NO_MEANING_HERE,
        "`refractory` has no meaning beside `spike at`: the spikes come at the times given",
        refractory);
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
    Span written = arguments.written(r.value());
    if (!r.whileTrue() && value.get() instanceof Expr.Num(var ms)) {
      parts.steps(ms, written);
    } else if (!r.whileTrue()) {
      Times.onGrid(
          context,
          "refractory time",
          value.get(),
          ref -> Times.grid(context, variables.parameters(), ref),
          written);
    }
    refractory =
        Optional.of(
            r.whileTrue()
                ? new Refractory(Optional.empty(), value, holding, r.accumulates())
                : new Refractory(value, Optional.empty(), holding, r.accumulates()));
  }
}
