package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Equation;
import snel.model.Handler;
import snel.model.Port;
import snel.model.Slice;
import snel.model.Synapse;
import snel.model.Variable;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Side;
import snel.syntax.SynapseItem;

/// Fills a synapse model with the arguments of one projection.
final class SynapseElaborator {
  private final Context context;
  private final ModelParts parts;
  private final Optional<Neuron> pre;
  private final Optional<Neuron> post;
  private final SynapseVariables variables;
  private final SynapseInputs inputs;
  private final SynapseHandlers handlers;
  private final List<String> noises = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Equation>> equations = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Integrate>> methods = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private Optional<Expr> transmit = Optional.empty();
  private Optional<Expr> prune = Optional.empty();
  private Synapse.Coincident coincident = Synapse.Coincident.IGNORED;
  private Port.Sum sum = Port.Sum.ORDERED;

  SynapseElaborator(
      Context context,
      Env network,
      String model,
      List<Argument> given,
      Settings settings,
      Optional<Neuron> pre,
      Optional<Neuron> post,
      Slice source,
      Optional<Slice> target,
      Optional<Expr> initialWeight) {
    this.context = context;
    this.pre = pre;
    this.post = post;
    this.parts = new ModelParts(context, model, given, settings.numerics().precision());
    PairNames.population(parts::define, source, target);
    var arguments = new SynapseArguments(context, network, given, pre, post);
    this.variables =
        new SynapseVariables(parts, arguments, settings.assigned(), initialWeight, later::add);
    this.inputs =
        new SynapseInputs(
            parts, arguments, pre.map(_ -> source), post.flatMap(_ -> target), later::add);
    this.handlers = new SynapseHandlers(context, parts, pre, post, later::add);
  }

  /// The model of a projection without `synapse`: a pre spike delivers the weight.
  static Synapse fixed(Span span, Kind kind, boolean hasWeight) {
    Optional<Variable> weight =
        hasWeight
            ? Optional.of(
                new Variable("w", kind, Expr.num(0), Bounds.NONE, true, false, "", 1, span))
            : Optional.empty();
    Expr amount = hasWeight ? new Expr.Ref(Owner.SELF, "w", kind) : Expr.num(1);
    List<Action> body = List.of(new Action.Deliver(amount, span));
    return new Synapse(
        "",
        List.of(),
        List.of(),
        weight,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Handler("pre", body, span)),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Synapse.Coincident.IGNORED,
        Port.Sum.ORDERED,
        List.of());
  }

  Synapse elaborate(Entity.Declared declared) {
    parts.define("pre", new Val.Marker("pre"));
    parts.define("post", new Val.Marker("post"));
    pre.ifPresent(n -> parts.define("#pre", new Val.Info(n)));
    post.ifPresent(n -> parts.define("#post", new Val.Info(n)));
    List<Inheritance.Placed<SynapseItem>> items = new Inheritance(context).synapse(declared);
    for (var placed : items) {
      declare(placed.item(), placed.scope());
    }
    parts.reportMissing();
    later.forEach(Runnable::run);
    List<Equation> rates = parts.equations(equations, methods, noises);
    new SharedStates(
            context, this::isOne, "synapses", "declare it without `shared`, one for each synapse")
        .check(variables.states(), rates);
    return new Synapse(
        parts.model,
        variables.constants(),
        variables.parameters(),
        variables.weight(),
        variables.delay(),
        variables.states(),
        inputs.ofAll(),
        inputs.ofPost(),
        inputs.ofPre(),
        inputs.bindings(),
        handlers.traces(),
        rates,
        handlers.handlers(),
        handlers.ports(),
        handlers.every(),
        transmit,
        prune,
        coincident,
        sum,
        noises);
  }

  /// Whether a name stands for one value in the whole projection.
  private boolean isOne(Expr.Ref ref) {
    String name = ref.name();
    return switch (ref.owner()) {
      case SELF ->
          noises.contains(name)
              || variables.isOne(name)
              || inputs.isOne(name)
              || handlers.isOne(name);
      case NETWORK, POPULATION, ARGUMENT, LOCAL -> true;
      case PRE, POST, PEER -> false;
    };
  }

  private void declare(SynapseItem item, FileScope scope) {
    switch (item) {
      case ModelItem.Parameters(var list, _, _) -> list.forEach(b -> variables.parameter(b, scope));
      case ModelItem.States(var plastic, var shared, var list, _, _) ->
          list.forEach(b -> variables.state(b, plastic, shared, scope));
      case ModelItem.Input input -> inputs.declare(input, scope);
      case ModelItem.Noise(_, var names, _, _) -> {
        for (var name : names) {
          noises.add(name.text());
          parts.own(name.text(), Kind.REAL);
        }
      }
      case Let let ->
          parts.defineLazily(
              let.name().text(), env -> new Evaluator(context, env).eval(let.value()), scope);
      case ModelItem.Equation equation -> equations.add(new Inheritance.Placed<>(equation, scope));
      case ModelItem.Integrate integrate -> methods.add(new Inheritance.Placed<>(integrate, scope));
      case SynapseItem.WeightVariable weight -> variables.weight(weight, scope);
      case SynapseItem.DelayVariable delay -> variables.delay(delay, scope);
      case SynapseItem.DecayingTrace trace -> handlers.decaying(trace, scope);
      case SynapseItem.WindowTrace trace -> handlers.window(trace, scope);
      case ModelItem.Receive receive -> handlers.receive(receive, scope);
      case ModelItem.OnEvent on -> handlers.onEvent(on, scope);
      case ModelItem.EveryPeriod timed -> handlers.everyPeriod(timed, scope);
      case SynapseItem.Transmit(var value, _) ->
          later.add(() -> transmit = parts.evaluator(scope).one(value));
      case SynapseItem.Prune(var condition, _) ->
          later.add(() -> prune = parts.evaluator(scope).one(condition));
      case SynapseItem.Coincident(var first, _) ->
          coincident =
              first == Side.PRE ? Synapse.Coincident.PRE_FIRST : Synapse.Coincident.POST_FIRST;
      case SynapseItem.Sum(var mode, var span) -> {
        sum = Receives.sum(mode);
        later.add(() -> {
          if (sum == Port.Sum.LARGEST && transmit.isEmpty()) {
            context.fault(
                Code.NO_MEANING_HERE,
                "`sum largest` is of values, but `" + parts.model + "` transmits none",
                span);
          }
        });
      }
    }
  }

  /// By its type; empty where that takes the dimension of the port.
  Optional<String> weightUnit() {
    return variables.weightUnit();
  }

  /// The parameters that are lists.
  Map<String, Listed> lists() {
    return variables.lists();
  }
}
