package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import snel.diagnostics.Code;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Variable;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Expression;
import snel.syntax.SynapseItem;

/// The parameters, states, the weight and the delay of a synapse model, with the arguments of one
/// projection.
final class SynapseVariables {
  private final Context context;
  private final ModelParts parts;
  private final SynapseArguments arguments;
  private final Set<String> assigned;
  private final Optional<Expr> initialWeight;
  private final Consumer<Runnable> later;
  private final List<Variable> constants = new ArrayList<>();
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final Map<String, Listed> lists = new LinkedHashMap<>();
  private Optional<Variable> weight = Optional.empty();
  private Optional<String> weightUnit = Optional.empty();
  private Optional<Variable> delay = Optional.empty();

  /// @param assigned what the protocol assigns, which is no constant
  /// @param initialWeight of the projection's synapses
  /// @param later takes what is to be read when all names are known
  SynapseVariables(
      ModelParts parts,
      SynapseArguments arguments,
      Set<String> assigned,
      Optional<Expr> initialWeight,
      Consumer<Runnable> later) {
    this.context = parts.context;
    this.parts = parts;
    this.arguments = arguments;
    this.assigned = assigned;
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

  Optional<Variable> weight() {
    return weight;
  }

  /// By its type; empty where that takes the dimension of the port.
  Optional<String> weightUnit() {
    return weightUnit;
  }

  Optional<Variable> delay() {
    return delay;
  }

  /// Whether a name of the synapse stands for one value in the whole projection.
  boolean isOne(String name) {
    return states.stream().anyMatch(v -> v.shared() && v.name().equals(name))
        || parameters.stream()
            .anyMatch(v -> v.name().equals(name) && !ModelParts.differs(v.initial()));
  }

  void parameter(Binding binding, FileScope scope) {
    parts.declares(binding);
    String name = binding.name().text();
    Kind kind = ModelParts.kind(binding);
    Optional<Argument> argument = arguments.named(name);
    Expression written = argument.map(Argument::value).orElse(binding.value());
    if (written == null) {
      parts.missing(binding);
      return;
    }
    Evaluator reader = argument.isPresent() ? arguments.reader() : parts.evaluator(scope);
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
    return Walk.rebuild(
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
      Optional<Argument> argument = arguments.named(name);
      Optional<Expr> initial =
          argument.isPresent()
              ? arguments.reader().one(argument.get().value())
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

  void weight(SynapseItem.WeightVariable w, FileScope scope) {
    Kind kind = Kinds.of(w.type());
    String name = w.name().text();
    parts.kinds.put(name, kind);
    parts.own(name, kind);
    weightUnit = Literals.unitOf(w.type());
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
