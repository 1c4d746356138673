package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.InputBinding;
import snel.model.Slice;
import snel.model.Variable;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.Side;
import snel.syntax.SynapseItem;

/// The parameters, states, inputs, the weight and the delay of a synapse model, with the arguments
/// of one projection.
final class SynapseVariables {
  private final Context context;
  private final Env network;
  private final ModelParts parts;
  private final List<Argument> given;
  private final Set<String> assigned;
  private final Optional<Neuron> pre;
  private final Optional<Neuron> post;
  private final Slice source;
  private final Optional<Slice> target;
  private final Optional<Expr> initialWeight;
  private final Consumer<Runnable> later;
  private final List<Variable> constants = new ArrayList<>();
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final List<Variable> inputs = new ArrayList<>();
  private final List<Variable> inputsOfPost = new ArrayList<>();
  private final List<Variable> inputsOfPre = new ArrayList<>();
  private final List<InputBinding> bindings = new ArrayList<>();
  private final Map<String, Listed> lists = new LinkedHashMap<>();
  private Optional<Variable> weight = Optional.empty();
  private Optional<Variable> delay = Optional.empty();

  /// @param assigned what the protocol assigns, which is no constant
  /// @param source, target the neurons that are connected, of those that `pre` and `post` describe
  /// @param initialWeight of the projection's synapses
  /// @param later takes what is to be read when all names are known
  SynapseVariables(
      Context context,
      Env network,
      ModelParts parts,
      List<Argument> given,
      Set<String> assigned,
      Optional<Neuron> pre,
      Optional<Neuron> post,
      Slice source,
      Optional<Slice> target,
      Optional<Expr> initialWeight,
      Consumer<Runnable> later) {
    this.context = context;
    this.network = network;
    this.parts = parts;
    this.given = given;
    this.assigned = assigned;
    this.pre = pre;
    this.post = post;
    this.source = source;
    this.target = target;
    this.initialWeight = initialWeight;
    this.later = later;
  }

  List<Variable> constants() {
    return constants;
  }

  /// The parameters that are lists.
  Map<String, Listed> lists() {
    return lists;
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

  List<Variable> inputsOfPost() {
    return inputsOfPost;
  }

  List<Variable> inputsOfPre() {
    return inputsOfPre;
  }

  List<InputBinding> bindings() {
    return bindings;
  }

  Optional<Variable> weight() {
    return weight;
  }

  Optional<Variable> delay() {
    return delay;
  }

  /// Whether a name of the synapse stands for one value in the whole projection.
  boolean isOne(String name) {
    return states.stream().anyMatch(v -> v.shared() && v.name().equals(name))
        || inputs.stream().anyMatch(v -> v.name().equals(name))
        || parameters.stream()
            .anyMatch(v -> v.name().equals(name) && !ModelParts.differs(v.initial()))
        || bindings.stream()
            .anyMatch(b -> b.input().equals(name) && !ModelParts.differs(b.value()));
  }

  private Evaluator arguments() {
    Env env = network.inner();
    env.define("pre", new Val.Marker("pre"));
    env.define("post", new Val.Marker("post"));
    pre.ifPresent(n -> env.define("#pre", new Val.Info(n)));
    post.ifPresent(n -> env.define("#post", new Val.Info(n)));
    return new Evaluator(context, env);
  }

  void parameter(Binding binding, FileScope scope) {
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    Optional<Argument> argument = ModelParts.argument(given, name);
    Expression written = argument.map(Argument::value).orElse(binding.value());
    if (written == null) {
      parts.missing(binding, given);
      return;
    }
    Evaluator reader = argument.isPresent() ? arguments() : parts.evaluator(scope);
    if (parts.isList(binding, scope)) {
      parts.defineLazily(name, env -> list(binding, written, reader.eval(written), scope), scope);
      later.accept(() -> listed(binding, parts.env(scope).find(name).orElse(Val.BAD)));
      return;
    }
    Val found = reader.eval(written);
    if (found instanceof Val.Items && isEvaluatedList(binding, scope)) {
      listed(binding, list(binding, written, found, scope));
      return;
    }
    Optional<Expr> value = reader.one(found, written);
    if (value.isEmpty()) {
      parts.define(name, Val.BAD);
      return;
    }
    argument.ifPresent(a ->
        GivenRange.check(
            context, parts.env(scope), binding, Val.of(value.get()), a.value().span()));
    Expr initial = substituteWeight(value.get());
    Variable parameter = parts.variable(binding, kind, initial, false, false, scope);
    if (ModelParts.isConstant(initial) && !assigned.contains(name)) {
      constants.add(parameter);
      parts.define(name, Val.of(initial));
      return;
    }
    parameters.add(parameter);
    parts.own(name, kind);
  }

  /// All synapses have the whole list.
  private void listed(Binding binding, Val list) {
    String unit = Literals.unitOf(binding.value(), binding.type());
    lists.put(binding.name().text(), new Listed(list, unit));
  }

  private Val list(Binding binding, Expression written, Val value, FileScope scope) {
    Kind kind = ModelParts.kind(binding);
    return parts.list(
        binding,
        written,
        value,
        scope,
        (element, drawn) -> {
          Expr initial = substituteWeight(drawn);
          Variable parameter = parts.variable(binding, kind, initial, false, false, scope);
          parameters.add(parameter.named(element));
          return Val.of(new Expr.Ref(Owner.SELF, element, kind));
        });
  }

  private boolean isEvaluatedList(Binding binding, FileScope scope) {
    Expression usual = binding.value();
    return binding.type() == null
        && (usual == null || parts.evaluator(scope).eval(usual) instanceof Val.Items);
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

  void state(Binding binding, boolean plastic, boolean shared, FileScope scope) {
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    ModelParts.requireSingle(context, binding, "synapse");
    parts.range(binding, scope);
    parts.kinds.put(name, kind);
    parts.own(name, kind);
    later.accept(() -> {
      Optional<Argument> argument = ModelParts.argument(given, name);
      Optional<Expr> initial =
          argument.isPresent()
              ? arguments().one(argument.get().value())
              : binding.value() == null
                  ? Optional.empty()
                  : parts.evaluator(scope).one(binding.value());
      if (argument.isEmpty() && binding.value() == null) {
        context.fault(
            Code.NO_INITIAL_VALUE,
            "the state `" + name + "` has no initial value",
            binding.name().span());
      }
      states.add(parts.state(binding, kind, initial.orElse(Expr.num(0)), plastic, shared, scope));
    });
  }

  void input(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    parts.own(name, Kinds.of(input.type()));
    Optional<Argument> argument = ModelParts.argument(given, name);
    if (argument.isPresent()) {
      followed(input, argument.get())
          .ifPresent(value ->
              bindings.add(
                  new InputBinding(
                      name, asSeenBySynapse(value, input.of()), true, input.of() == Side.PRE)));
      return;
    }
    later.accept(() -> byDefault(input, scope));
  }

  /// A default that speaks of anything is followed: that may change, or differ between synapses.
  private void byDefault(ModelItem.Input input, FileScope scope) {
    String name = input.name().text();
    Expr value =
        input.fallback() == null
            ? Expr.num(0)
            : parts.evaluator(scope).scalar(input.fallback()).orElse(Expr.num(0));
    if (Walk.any(value, e -> e instanceof Expr.Ref)) {
      bindings.add(new InputBinding(name, value, true, input.of() == Side.PRE));
      return;
    }
    var variable =
        new Variable(
            name, Kinds.of(input.type()), value, Bounds.NONE, false, false, "", 1, input.span());
    inputs(input.of()).add(variable);
  }

  private List<Variable> inputs(@Nullable Side of) {
    return switch (of) {
      case PRE -> inputsOfPre;
      case POST -> inputsOfPost;
      case null -> inputs;
    };
  }

  /// What an input follows: one value, or, where it is `of post` or `of pre`, one for each neuron.
  private Optional<Expr> followed(ModelItem.Input input, Argument argument) {
    Val value = arguments().eval(argument.value());
    boolean array =
        value instanceof Val.Items || value instanceof Val.Num(_, var shape) && !shape.isEmpty();
    String name = input.name().text();
    Optional<Slice> end = neurons(input.of());
    if (array && (input.of() == null || end.isEmpty())) {
      context.fault(
          Code.UNLIKE_SHAPES,
          "`"
              + name
              + "` is one value for all synapses, but an array is given to it; with one for"
              + " each target write `input "
              + name
              + " : … of post` in the synapse, with one for each source `of pre`",
          argument.span());
      return Optional.empty();
    }
    int neurons = end.map(Slice::size).orElse(1);
    if (value instanceof Val.Num(_, var shape)
        && !shape.isEmpty()
        && shape.stream().reduce(1, (a, b) -> a * b) != neurons) {
      context.fault(
          Code.UNLIKE_SHAPES,
          "`"
              + name
              + "` wants one value for each of the "
              + neurons
              + (input.of() == Side.PRE ? " sources" : " targets")
              + ", but has the shape "
              + shape,
          argument.span());
      return Optional.empty();
    }
    return parts.perElement(value, context.unique("list"), neurons, argument.span());
  }

  /// An array's element is that of the neuron at the one end.
  private Expr asSeenBySynapse(Expr value, @Nullable Side of) {
    Owner end = of == Side.PRE ? Owner.PRE : Owner.POST;
    return neurons(of).map(slice -> new PlaceInSlice(context, slice, end).of(value)).orElse(value);
  }

  /// The neurons at one end, if they have a model.
  private Optional<Slice> neurons(@Nullable Side of) {
    return of == Side.PRE ? pre.map(_ -> source) : post.flatMap(_ -> target);
  }

  void weight(SynapseItem.WeightVariable w, FileScope scope) {
    Kind kind = Kinds.of(w.type());
    String name = w.name().text();
    parts.kinds.put(name, kind);
    parts.own(name, kind);
    weight =
        Optional.of(
            new Variable(name, kind, Expr.num(0), Bounds.NONE, true, false, "", 1, w.span()));
    later.accept(() ->
        weight =
            Optional.of(
                new Variable(
                    name,
                    kind,
                    Expr.num(0),
                    parts.clipping(w.bounds(), kind, scope),
                    true,
                    false,
                    "",
                    1,
                    w.span())));
  }

  void delay(SynapseItem.DelayVariable d, FileScope scope) {
    String name = d.name().text();
    parts.kinds.put(name, Kind.REAL);
    parts.own(name, Kind.REAL);
    later.accept(() ->
        delay =
            Optional.of(
                new Variable(
                    name,
                    Kind.REAL,
                    Expr.num(0),
                    parts.clipping(d.bounds(), Kind.REAL, scope),
                    true,
                    false,
                    "ms",
                    1,
                    d.span())));
  }
}
