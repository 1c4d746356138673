package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Bounds;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Equation;
import snel.model.NetworkInput;
import snel.model.Variable;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.NetworkItem;

/// The parameters, inputs, states and equations of a network and its parts.
final class NetworkVariables {
  private final Context context;
  private final Settings settings;
  private final NetworkPopulations populations;
  private final List<NetworkInput> inputs = new ArrayList<>();
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final List<String> noises = new ArrayList<>();
  private final List<Equation> equations = new ArrayList<>();
  private final ChosenMethods methods;

  NetworkVariables(Context context, Settings settings, NetworkPopulations populations) {
    this.context = context;
    this.settings = settings;
    this.populations = populations;
    this.methods = new ChosenMethods(context);
  }

  List<NetworkInput> inputs() {
    return inputs;
  }

  List<Variable> parameters() {
    return parameters;
  }

  List<Variable> states() {
    return states;
  }

  List<String> noises() {
    return noises;
  }

  List<Equation> equations() {
    return equations;
  }

  void noise(ModelItem.Noise noise, NetworkScope scope) {
    for (Name name : noise.names()) {
      String path = scope.prefix() + name.text();
      noises.add(path);
      scope.define(name.text(), Val.of(new Expr.Ref(Owner.SELF, path, Kind.REAL)));
    }
  }

  void parameters(
      String network,
      List<NetworkItem> items,
      NetworkScope scope,
      List<Argument> arguments,
      Env place) {
    for (NetworkItem item : items) {
      if (item instanceof ModelItem.Parameters(var bindings, _, _)) {
        for (Binding binding : bindings) {
          parameter(network, binding, scope, arguments, place);
        }
      }
    }
  }

  private void parameter(
      String network, Binding binding, NetworkScope scope, List<Argument> arguments, Env place) {
    String name = binding.name().text();
    scope.parameter(name);
    Optional<Val> set = settings.override(network, name);
    Optional<Argument> argument = ModelParts.argument(arguments, name);
    DrawnOnce once = DrawnOnce.ofNetwork(context, scope, name, binding.name().span());
    if (set.isPresent()) {
      Val value = once.of(set.get());
      scope.define(name, value);
      GivenRange.check(context, scope.env(), binding, value, binding.name().span());
    } else if (argument.isPresent()) {
      Val value = once.of(new Evaluator(context, place).eval(argument.get().value()));
      scope.define(name, value);
      GivenRange.check(context, scope.env(), binding, value, argument.get().value().span());
    } else if (binding.value() != null) {
      Expression fallback = binding.value();
      scope.env().defineLazily(name, () -> byDefault(binding, fallback, once, scope.env()));
    } else {
      context.fault(
          Code.MISSING_ARGUMENT,
          "`" + network + "` wants a value for `" + name + "`",
          binding.name().span());
      scope.define(name, Val.BAD);
    }
    if (settings.isAssigned(name)) {
      Val value = scope.env().find(name).orElse(Val.BAD);
      if (value instanceof Val.Num(Expr.Num number, _)) {
        String path = scope.prefix() + name;
        String unit = Literals.unitOf(binding.value(), binding.type());
        parameters.add(
            new Variable(
                path,
                Kind.REAL,
                number,
                bounds(binding, scope),
                false,
                true,
                unit,
                Literals.factor(unit),
                binding.span()));
      }
    }
  }

  /// Constants are held to their range where they are written, but not what is drawn.
  private Val byDefault(Binding binding, Expression written, DrawnOnce once, Env env) {
    Val value = new Evaluator(context, env).eval(written);
    Val drawn = once.of(value);
    if (!drawn.equals(value)) {
      GivenRange.check(context, env, binding, drawn, written.span());
    }
    return drawn;
  }

  /// What a network itself has is kept as real numbers.
  private void refuseFixed(Kind kind, String name, Span span) {
    if (kind instanceof Kind.Fixed) {
      context.fault(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "`" + name + "` belongs to the network and cannot be a fixed-point number",
                  span)
              .help("states of neurons and synapses can be `fixed`, and what they take"));
    }
  }

  void input(ModelItem.Input input, NetworkScope scope) {
    String name = input.name().text();
    refuseFixed(Kinds.of(input.type()), name, input.span());
    String path = scope.prefix() + name;
    var evaluator = new Evaluator(context, scope.env());
    Optional<List<Integer>> shape = Kinds.shape(input.type(), evaluator);
    if (shape.isEmpty()) {
      scope.define(name, Val.BAD);
      return;
    }
    if (Kinds.isSpikes(input.type())) {
      List<Integer> sizes = shape.get().isEmpty() ? List.of(1) : shape.get();
      scope.define(name, populations.ofSpikes(path, sizes, input.span()));
      return;
    }
    Optional<Val> outer = scope.env().find("#argument:" + name);
    if (outer.isPresent()) {
      scope.define(name, outer.get());
      return;
    }
    double initial = 0;
    String unit = Literals.unitOf(input.fallback(), input.type());
    if (input.fallback() != null) {
      initial =
          evaluator
              .constant(input.fallback(), "the default of an input")
              .map(Exact::toDouble)
              .orElse(0.0);
    }
    inputs.add(
        new NetworkInput(path, shape.get(), initial, unit, Literals.factor(unit), input.span()));
    var ref = new Expr.Ref(Owner.NETWORK, path, Kind.REAL);
    scope.define(
        name,
        shape.get().isEmpty()
            ? Val.of(ref)
            : new Val.Num(
                new Expr.Element(ref, new Expr.Ref(Owner.SELF, "index", Kind.INT)), shape.get()));
  }

  void state(Binding binding, boolean plastic, NetworkScope scope) {
    String name = binding.name().text();
    refuseFixed(ModelParts.kind(binding), name, binding.span());
    String path = scope.prefix() + name;
    Expr initial = binding.value() == null ? Expr.num(0) : start(name, binding.value(), scope);
    String unit = Literals.unitOf(binding.value(), binding.type());
    states.add(
        new Variable(
            path,
            Kind.REAL,
            initial,
            bounds(binding, scope).closed(Kind.REAL, settings.numerics().precision()),
            plastic,
            true,
            unit,
            Literals.factor(unit),
            binding.span()));
    scope.define(name, Val.of(new Expr.Ref(Owner.NETWORK, path, Kind.REAL)));
    scope.env().define("#state:" + path, Val.of(1));
  }

  private Expr start(String name, Expression written, NetworkScope scope) {
    Val value = new Evaluator(context, scope.env()).eval(written);
    Val drawn = DrawnOnce.start(context, scope, name, written.span()).of(value);
    return drawn instanceof Val.Num(var start, var shape) && shape.isEmpty() ? start : Expr.num(0);
  }

  private Bounds bounds(Binding binding, NetworkScope scope) {
    return Ranges.read(
        context, new Evaluator(context, scope.env()), binding.bounds(), Expression::span);
  }

  void integrate(ModelItem.Integrate integrate, NetworkScope scope) {
    methods.read(integrate, scope.prefix());
  }

  /// Whether the methods that are written fit.
  void checkMethods() {
    List<String> names = states.stream().map(Variable::name).toList();
    new WrittenMethods(context, names, noises).check(equations, methods.rules());
  }

  void equation(ModelItem.Equation equation, NetworkScope scope) {
    String state = scope.prefix() + equation.variable().text();
    new Evaluator(context, scope.env())
        .one(equation.value())
        .ifPresent(rate ->
            equations.add(
                new Equation(state, ownStates(rate), methods.of(state), equation.span())));
  }

  /// In an equation of the network its states are its own.
  private Expr ownStates(Expr rate) {
    return snel.math.Walk.rebuild(
        rate,
        e ->
            e instanceof Expr.Ref(var owner, var name, var kind)
                    && owner == Owner.NETWORK
                    && states.stream().anyMatch(s -> s.name().equals(name))
                ? new Expr.Ref(Owner.SELF, name, kind)
                : e);
  }

  /// What inputs of values follow is known before they are declared.
  void given(Declaration.Network network, List<Argument> arguments, Env place, NetworkScope scope) {
    for (GivenInput argument : GivenInput.of(network, arguments, false)) {
      Val value = new Evaluator(context, place).eval(argument.value());
      if (!(value instanceof Val.Num(Expr.Num _, _))) {
        scope.env().define("#argument:" + argument.name(), value);
      }
    }
  }

  /// A constant given to an input is where the input starts.
  void constants(
      Declaration.Network network, List<Argument> arguments, Env place, NetworkScope scope) {
    for (GivenInput argument : GivenInput.of(network, arguments, false)) {
      Val value = new Evaluator(context, place).eval(argument.value());
      String path = scope.prefix() + argument.name();
      if (value instanceof Val.Num(Expr.Num(var number), _)) {
        inputs.replaceAll(i ->
            i.path().equals(path)
                ? new NetworkInput(
                    path, i.shape(), number.toDouble(), i.unit(), i.factor(), i.span())
                : i);
      }
    }
  }
}
