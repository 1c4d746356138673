package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Equation;
import snel.model.Every;
import snel.model.Handler;
import snel.model.InputBinding;
import snel.model.Port;
import snel.model.Synapse;
import snel.model.Trace;
import snel.model.Variable;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Side;
import snel.syntax.SynapseItem;

/// Fills a synapse model with the arguments of one projection.
final class SynapseElaborator {
  private final Context context;
  private final Env network;
  private final ModelParts parts;
  private final List<Argument> given;
  private final Set<String> assigned;
  private final Optional<Neuron> pre;
  private final Optional<Neuron> post;
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final List<Variable> inputs = new ArrayList<>();
  private final List<Variable> inputsOfPost = new ArrayList<>();
  private final List<InputBinding> bindings = new ArrayList<>();
  private final List<Trace> traces = new ArrayList<>();
  private final List<Handler> handlers = new ArrayList<>();
  private final List<Port> ports = new ArrayList<>();
  private final List<Every> every = new ArrayList<>();
  private final List<String> noises = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Equation>> equations = new ArrayList<>();
  private final List<Inheritance.Placed<ModelItem.Integrate>> methods = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private Optional<Variable> weight = Optional.empty();
  private Optional<Variable> delay = Optional.empty();
  private Optional<Expr> transmit = Optional.empty();
  private Optional<Expr> prune = Optional.empty();
  private Synapse.Coincident coincident = Synapse.Coincident.IGNORED;
  private Port.Sum sum = Port.Sum.ORDERED;
  private final Optional<Expr> initialWeight;

  SynapseElaborator(
      Context context,
      Env network,
      String model,
      List<Argument> given,
      Set<String> assigned,
      Optional<Neuron> pre,
      Optional<Neuron> post,
      Optional<Expr> initialWeight) {
    this.context = context;
    this.network = network;
    this.given = given;
    this.assigned = assigned;
    this.pre = pre;
    this.post = post;
    this.initialWeight = initialWeight;
    this.parts = new ModelParts(context, model);
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
        weight,
        Optional.empty(),
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
    unknownArguments(items);
    for (var placed : items) {
      declare(placed.item(), placed.scope());
    }
    later.forEach(Runnable::run);
    List<Equation> rates = parts.equations(equations, methods);
    new SharedStates(
            context, this::isOne, "synapses", "declare it without `shared`, one for each synapse")
        .check(states, rates);
    return new Synapse(
        parts.model,
        parameters,
        weight,
        delay,
        states,
        inputs,
        inputsOfPost,
        bindings,
        traces,
        rates,
        handlers,
        ports,
        every,
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
              || states.stream().anyMatch(v -> v.shared() && v.name().equals(name))
              || inputs.stream().anyMatch(v -> v.name().equals(name))
              || parameters.stream()
                  .anyMatch(v -> v.name().equals(name) && !ModelParts.differs(v.initial()))
              || bindings.stream()
                  .anyMatch(b -> b.input().equals(name) && !ModelParts.differs(b.value()))
              || traces.stream().anyMatch(t -> t.name().equals(name) && isOfAll(t.event()));
      case NETWORK, POPULATION, ARGUMENT, LOCAL -> true;
      case PRE, POST, PEER -> false;
    };
  }

  /// Whether an event reaches all synapses.
  private boolean isOfAll(String event) {
    return ports.stream().anyMatch(p -> p.name().equals(event) && !p.perTarget());
  }

  private void declare(SynapseItem item, FileScope scope) {
    switch (item) {
      case ModelItem.Parameters(var list, _, _) -> list.forEach(b -> parameter(b, scope));
      case ModelItem.States(var plastic, var shared, var list, _, _) ->
          list.forEach(b -> state(b, plastic, shared, scope));
      case ModelItem.Input input -> input(input, scope);
      case ModelItem.Noise(_, var names, _, _) -> {
        for (var name : names) {
          noises.add(name.text());
          own(name.text(), Kind.REAL);
        }
      }
      case Let let ->
          parts.defineLazily(
              let.name().text(), env -> new Evaluator(context, env).eval(let.value()), scope);
      case ModelItem.Equation equation -> equations.add(new Inheritance.Placed<>(equation, scope));
      case ModelItem.Integrate integrate -> methods.add(new Inheritance.Placed<>(integrate, scope));
      case SynapseItem.WeightVariable w -> weight(w, scope);
      case SynapseItem.DelayVariable d -> delay(d, scope);
      case SynapseItem.DecayingTrace trace -> decaying(trace, scope);
      case SynapseItem.WindowTrace trace -> window(trace, scope);
      case ModelItem.Receive receive ->
          later.add(() ->
              ports.add(
                  Receives.read(
                      receive, new ActionReader(context, parts.kinds), parts.env(scope))));
      case ModelItem.OnEvent(var event, var body, var span) ->
          later.add(() -> {
            checkEvent(event.text(), event.span());
            handlers.add(new Handler(event.text(), actions(body, scope), span));
          });
      case ModelItem.EveryPeriod(var period, var body, var span) ->
          later.add(() ->
              parts
                  .steps(period, scope)
                  .ifPresent(n -> every.add(new Every(n, actions(body, scope), span))));
      case SynapseItem.Transmit(var value, _) ->
          later.add(() -> transmit = parts.evaluator(scope).scalar(value));
      case SynapseItem.Prune(var condition, _) ->
          later.add(() -> prune = parts.evaluator(scope).scalar(condition));
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

  private List<Action> actions(List<snel.syntax.Action> body, FileScope scope) {
    return new ActionReader(context, parts.kinds).read(body, parts.env(scope));
  }

  private void own(String name, Kind kind) {
    parts.define(name, Val.of(new Expr.Ref(Owner.SELF, name, kind)));
  }

  private Evaluator arguments() {
    Env env = network.inner();
    env.define("pre", new Val.Marker("pre"));
    env.define("post", new Val.Marker("post"));
    pre.ifPresent(n -> env.define("#pre", new Val.Info(n)));
    post.ifPresent(n -> env.define("#post", new Val.Info(n)));
    return new Evaluator(context, env);
  }

  private void parameter(Binding binding, FileScope scope) {
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    Optional<Argument> argument = ModelParts.argument(given, name);
    Optional<Expr> value;
    if (argument.isPresent()) {
      value = arguments().scalar(argument.get().value());
    } else if (binding.value() != null) {
      value = parts.evaluator(scope).scalar(binding.value());
    } else {
      context.fault(
          Code.MISSING_ARGUMENT,
          "`" + parts.model + "` wants a value for `" + name + "`",
          binding.name().span());
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      parts.define(name, Val.BAD);
      return;
    }
    Expr initial = substituteWeight(value.get());
    if (ModelParts.isConstant(initial) && !assigned.contains(name)) {
      parts.define(name, Val.of(initial));
      return;
    }
    parameters.add(parts.variable(binding, kind, initial, false, false, scope));
    own(name, kind);
  }

  /// `param born = sign(w)` is taken when the synapse is made, from its initial weight.
  private Expr substituteWeight(Expr value) {
    if (initialWeight.isEmpty() || weight.isEmpty()) {
      return value;
    }
    String name = weight.get().name();
    return snel.math.Walk.rebuild(
        value,
        e ->
            e instanceof Expr.Ref ref && ref.owner() == Owner.SELF && ref.name().equals(name)
                ? initialWeight.get()
                : e);
  }

  private void state(Binding binding, boolean plastic, boolean shared, FileScope scope) {
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    parts.kinds.put(name, kind);
    own(name, kind);
    later.add(() -> {
      Optional<Argument> argument = ModelParts.argument(given, name);
      Optional<Expr> initial =
          argument.isPresent()
              ? arguments().scalar(argument.get().value())
              : binding.value() == null
                  ? Optional.empty()
                  : parts.evaluator(scope).scalar(binding.value());
      if (argument.isEmpty() && binding.value() == null) {
        context.fault(
            Code.NO_INITIAL_VALUE,
            "the state `" + name + "` has no initial value",
            binding.name().span());
      }
      states.add(
          parts.variable(binding, kind, initial.orElse(Expr.num(0)), plastic, shared, scope));
    });
  }

  private void input(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    own(name, Kinds.of(input.type()));
    Optional<Argument> argument = ModelParts.argument(given, name);
    if (argument.isPresent()) {
      followed(input, argument.get())
          .ifPresent(value -> bindings.add(new InputBinding(name, asSeenBySynapse(value), true)));
      return;
    }
    Expr initial =
        input.fallback() == null
            ? Expr.num(0)
            : parts.evaluator(scope).scalar(input.fallback()).orElse(Expr.num(0));
    var variable =
        new Variable(
            name, Kinds.of(input.type()), initial, Bounds.NONE, false, false, "", 1, input.span());
    (input.of() == Side.POST ? inputsOfPost : inputs).add(variable);
  }

  /// What an input follows: one value, or, where it is `of post`, one for each target.
  private Optional<Expr> followed(ModelItem.Input input, Argument argument) {
    Val value = arguments().eval(argument.value());
    boolean array =
        value instanceof Val.Items || value instanceof Val.Num(_, var shape) && !shape.isEmpty();
    String name = input.name().text();
    if (array && (input.of() != Side.POST || post.isEmpty())) {
      context.fault(
          Code.UNLIKE_SHAPES,
          "`"
              + name
              + "` is one value for all synapses, but an array is given to it; with one for"
              + " each target write `input "
              + name
              + " : … of post` in the synapse",
          argument.span());
      return Optional.empty();
    }
    int targets = post.map(Neuron::size).orElse(1);
    if (value instanceof Val.Num(_, var shape)
        && !shape.isEmpty()
        && shape.stream().reduce(1, (a, b) -> a * b) != targets) {
      context.fault(
          Code.UNLIKE_SHAPES,
          "`"
              + name
              + "` wants one value for each of the "
              + targets
              + " targets, but has the shape "
              + shape,
          argument.span());
      return Optional.empty();
    }
    return parts.perElement(value, context.unique("list"), targets, argument.span());
  }

  /// A network array's element is the target neuron's.
  private static Expr asSeenBySynapse(Expr value) {
    return snel.math.Walk.rebuild(
        value,
        e ->
            e instanceof Expr.Ref ref && ref.owner() == Owner.SELF && ref.name().equals("index")
                ? new Expr.Ref(Owner.POST, "index", Kind.INT)
                : e);
  }

  private void weight(SynapseItem.WeightVariable w, FileScope scope) {
    Kind kind = Kinds.of(w.type());
    String name = w.name().text();
    parts.kinds.put(name, kind);
    own(name, kind);
    weight =
        Optional.of(
            new Variable(name, kind, Expr.num(0), Bounds.NONE, true, false, "", 1, w.span()));
    later.add(() ->
        weight =
            Optional.of(
                new Variable(
                    name,
                    kind,
                    Expr.num(0),
                    parts.bounds(w.bounds(), scope),
                    true,
                    false,
                    "",
                    1,
                    w.span())));
  }

  private void delay(SynapseItem.DelayVariable d, FileScope scope) {
    String name = d.name().text();
    parts.kinds.put(name, Kind.REAL);
    own(name, Kind.REAL);
    later.add(() ->
        delay =
            Optional.of(
                new Variable(
                    name,
                    Kind.REAL,
                    Expr.num(0),
                    parts.bounds(d.bounds(), scope),
                    true,
                    false,
                    "ms",
                    1,
                    d.span())));
  }

  private void decaying(SynapseItem.DecayingTrace trace, FileScope scope) {
    String name = trace.name().text();
    parts.kinds.put(name, Kind.REAL);
    own(name, Kind.REAL);
    later.add(() -> {
      checkEvent(trace.event().text(), trace.event().span());
      Optional<Expr> tau = parts.evaluator(scope).scalar(trace.tau());
      Optional<Expr> amount =
          trace.amount() == null
              ? Optional.of(Expr.num(1))
              : parts.evaluator(scope).scalar(trace.amount());
      if (tau.isPresent() && amount.isPresent()) {
        traces.add(
            new Trace.Decaying(
                name,
                trace.event().text(),
                tau.get(),
                trace.jump() == SynapseItem.TraceJump.SET,
                amount.get(),
                trace.span()));
      }
    });
  }

  private void window(SynapseItem.WindowTrace trace, FileScope scope) {
    String name = trace.name().text();
    parts.kinds.put(name, Kind.REAL);
    own(name, Kind.REAL);
    later.add(() -> {
      checkEvent(trace.event().text(), trace.event().span());
      parts
          .evaluator(scope)
          .constant(trace.length(), "the window of a trace")
          .filter(length -> parts.steps(length, trace.length().span()).isPresent())
          .ifPresent(length ->
              traces.add(
                  new Trace.Window(
                      name, trace.event().text(), new Expr.Num(length), trace.span())));
    });
  }

  /// `post.peak` must be an event of the target's model.
  private void checkEvent(String event, Span span) {
    int dot = event.indexOf('.');
    if (dot < 0 || event.startsWith("presentation.")) {
      return;
    }
    Optional<Neuron> side = event.startsWith("pre.") ? pre : post;
    String name = event.substring(dot + 1);
    if (side.isPresent() && !side.get().hasEvent(name)) {
      context.fault(
          Code.UNKNOWN_EVENT,
          "`on "
              + event
              + "`: `"
              + side.get().model()
              + "` has no event `"
              + name
              + "`"
              + (name.equals("spike") ? ": write `on " + event.substring(0, dot) + "`" : ""),
          span);
    }
  }

  private void unknownArguments(List<Inheritance.Placed<SynapseItem>> items) {
    List<String> known = ModelParts.settable(items);
    for (Argument argument : given) {
      if (argument.name() == null || !known.contains(argument.name().text())) {
        String name = argument.name() == null ? "" : argument.name().text();
        context.fault(
            Code.UNKNOWN_ARGUMENT,
            "`" + parts.model + "` has no `" + name + "`" + Nearest.hint(name, known),
            argument.span());
      }
    }
  }
}
