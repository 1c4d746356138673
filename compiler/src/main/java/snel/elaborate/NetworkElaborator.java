package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.math.Bounds;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Owner;
import snel.model.Competition;
import snel.model.Drive;
import snel.model.Equation;
import snel.model.Firing;
import snel.model.Network;
import snel.model.NetworkInput;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Readout;
import snel.model.Slice;
import snel.model.Variable;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Argument;
import snel.syntax.Binding;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.IndexedName;
import snel.syntax.Instance;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;

/// Elaborates one network with its parts: populations first, then connections in the order of the
/// text.
public final class NetworkElaborator {
  private final Context context;
  private final Settings settings;
  private final List<NetworkInput> inputs = new ArrayList<>();
  private final List<Variable> parameters = new ArrayList<>();
  private final List<Variable> states = new ArrayList<>();
  private final List<Equation> equations = new ArrayList<>();
  private final List<Population> populations = new ArrayList<>();
  private final List<Projection> projections = new ArrayList<>();
  private final List<Drive> drives = new ArrayList<>();
  private final List<Readout> readouts = new ArrayList<>();
  private final Map<String, NetworkItem.Protocol> protocols = new LinkedHashMap<>();
  private final List<Runnable> connections = new ArrayList<>();
  private final Map<NetworkScope, NetworkScope> outerScopes = new java.util.IdentityHashMap<>();
  private final Map<String, Slice> aliases = new LinkedHashMap<>();

  public NetworkElaborator(Context context, Settings settings) {
    this.context = context;
    this.settings = settings;
  }

  /// Elaborates network `declared` with the arguments of an experiment.
  ///
  /// @param place names where the arguments stand
  public Elaborated elaborate(Entity.Declared declared, List<Argument> arguments, Env place) {
    var network = (Declaration.Network) declared.declaration();
    NetworkScope scope = new NetworkScope("", Env.of(declared.scope()).inner());
    parameters(network.name().text(), network.items(), scope, arguments, place);
    items(network.items(), scope);
    connections.forEach(Runnable::run);
    return finished(network.name().text(), scope);
  }

  /// Elaborates the parts of a network that stand in a test.
  public Elaborated elaborate(List<? extends NetworkItem> items, Env place) {
    NetworkScope scope = new NetworkScope("", place.inner());
    items(items, scope);
    connections.forEach(Runnable::run);
    return finished("test", scope);
  }

  private Elaborated finished(String name, NetworkScope scope) {
    return new Elaborated(
        new Network(
            name,
            context.step().toDouble(),
            settings.seed(),
            settings.numerics(),
            inputs,
            parameters,
            states,
            equations,
            populations,
            projections,
            drives,
            readouts),
        scope,
        protocols);
  }

  Context context() {
    return context;
  }

  Settings settings() {
    return settings;
  }

  Optional<Population> population(String path) {
    return populations.stream().filter(p -> p.path().equals(path)).findFirst();
  }

  void add(Projection projection) {
    projections.add(projection);
  }

  void add(Drive drive) {
    drives.add(drive);
  }

  /// Makes a name that a loop's turn declares known outside the loop.
  void publish(NetworkScope inner, String name, Val value) {
    NetworkScope outer = outerScopes.get(inner);
    if (outer != null) {
      outer.define(name, value);
      publish(outer, name, value);
    }
  }

  List<Projection> projections() {
    return projections;
  }

  /// Where an input of a part gets its spikes from, when another population is connected to it.
  void alias(String input, Slice source) {
    aliases.put(input, source);
  }

  Slice resolved(Slice slice) {
    Slice source = aliases.get(slice.population());
    if (source == null) {
      return slice;
    }
    int[] indices = new int[slice.size()];
    for (int k = 0; k < indices.length; k++) {
      indices[k] = source.at(slice.at(k));
    }
    return resolved(new Slice(source.population(), false, indices, slice.shape()));
  }

  private void parameters(
      String network,
      List<NetworkItem> items,
      NetworkScope scope,
      List<Argument> arguments,
      Env place) {
    List<String> known = new ArrayList<>();
    for (NetworkItem item : items) {
      if (item instanceof ModelItem.Parameters(var bindings, _, _)) {
        for (Binding binding : bindings) {
          known.add(binding.name().text());
          parameter(network, binding, scope, arguments, place);
        }
      }
      if (item instanceof ModelItem.Input input) {
        known.add(input.name().text());
      }
    }
    for (Argument argument : arguments) {
      String name = argument.name() == null ? "" : argument.name().text();
      if (!known.contains(name)) {
        context.fault(
            Code.UNKNOWN_ARGUMENT,
            "`" + network + "` has no parameter `" + name + "`" + Nearest.hint(name, known),
            argument.span());
      }
    }
  }

  private void parameter(
      String network, Binding binding, NetworkScope scope, List<Argument> arguments, Env place) {
    String name = binding.name().text();
    scope.parameter(name);
    Optional<Val> set = settings.override(network, name);
    Optional<Argument> argument = ModelParts.argument(arguments, name);
    if (set.isPresent()) {
      scope.define(name, set.get());
    } else if (argument.isPresent()) {
      scope.define(name, new Evaluator(context, place).eval(argument.get().value()));
    } else if (binding.value() != null) {
      Expression fallback = binding.value();
      scope.env().defineLazily(name, () -> new Evaluator(context, scope.env()).eval(fallback));
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
        String unit = binding.value() == null ? "" : Literals.unitIn(binding.value()).orElse("");
        parameters.add(
            new Variable(
                path,
                Kind.REAL,
                number,
                Bounds.NONE,
                false,
                true,
                unit,
                Literals.factor(unit),
                binding.span()));
      }
    }
  }

  private void items(List<? extends NetworkItem> items, NetworkScope scope) {
    items.forEach(item -> name(item, scope));
    items.forEach(item -> item(item, scope));
  }

  /// Names that may be used before the place where they are declared.
  private void name(NetworkItem item, NetworkScope scope) {
    switch (item) {
      case Let let ->
          scope
              .env()
              .defineLazily(
                  let.name().text(), () -> new Evaluator(context, scope.env()).eval(let.value()));
      case ModelItem.Input input -> input(input, scope);
      case ModelItem.States(_, _, var bindings, _, _) -> bindings.forEach(b -> state(b, scope));
      case NetworkItem.Output(var name, var value, _, _) ->
          scope
              .env()
              .defineLazily(name.text(), () -> new Evaluator(context, scope.env()).eval(value));
      default -> {}
    }
  }

  private void input(ModelItem.Input input, NetworkScope scope) {
    String name = input.name().text();
    String path = scope.prefix() + name;
    var evaluator = new Evaluator(context, scope.env());
    Optional<List<Integer>> shape = Kinds.shape(input.type(), evaluator);
    if (shape.isEmpty()) {
      scope.define(name, Val.BAD);
      return;
    }
    if (Kinds.isSpikes(input.type())) {
      List<Integer> sizes = shape.get().isEmpty() ? List.of(1) : shape.get();
      inputPopulation(path, sizes, input.span());
      scope.define(name, cells(path, sizes));
      return;
    }
    Optional<Val> outer = scope.env().find("#argument:" + name);
    if (outer.isPresent()) {
      scope.define(name, outer.get());
      return;
    }
    double initial = 0;
    String unit = "";
    if (input.fallback() != null) {
      unit = Literals.unitIn(input.fallback()).orElse("");
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

  private static Val cells(String path, List<Integer> shape) {
    return new Val.Cells(new Slice(path, true, new int[0], shape), "");
  }

  private void inputPopulation(String path, List<Integer> shape, Span span) {
    populations.add(
        new Population(
            path,
            "spikes",
            shape,
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Firing.Never(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            span));
    context.neuron(path, new Neuron("spikes"));
  }

  private void state(Binding binding, NetworkScope scope) {
    String name = binding.name().text();
    String path = scope.prefix() + name;
    Expr initial =
        binding.value() == null
            ? Expr.num(0)
            : new Evaluator(context, scope.env()).scalar(binding.value()).orElse(Expr.num(0));
    String unit = binding.value() == null ? "" : Literals.unitIn(binding.value()).orElse("");
    states.add(
        new Variable(
            path,
            Kind.REAL,
            initial,
            Bounds.NONE,
            false,
            true,
            unit,
            Literals.factor(unit),
            binding.span()));
    scope.define(name, Val.of(new Expr.Ref(Owner.NETWORK, path, Kind.REAL)));
    scope.env().define("#state:" + path, Val.of(1));
  }

  private void item(NetworkItem item, NetworkScope scope) {
    switch (item) {
      case NetworkItem.Population population -> population(population, scope);
      case NetworkItem.Part part -> part(part, scope);
      case Connect connect ->
          connections.add(() -> new ConnectElaborator(this, scope).connect(connect));
      case NetworkItem.Drive drive ->
          connections.add(() -> new ConnectElaborator(this, scope).drive(drive));
      case NetworkItem.Readout readout ->
          connections.add(
              () -> new ReadoutReader(this, scope).read(readout).ifPresent(readouts::add));
      case NetworkItem.Protocol protocol ->
          protocols.put(scope.prefix() + protocol.name().text(), protocol);
      case NetworkItem.For loop -> loop(loop, scope);
      case NetworkItem.If(var condition, var then, var otherwise, _) -> {
        Val test = new Evaluator(context, scope.env()).eval(condition);
        if (test instanceof Val.Num(Expr.Truth(var truth), _)) {
          items(truth ? then : otherwise, scope);
        } else if (!(test instanceof Val.Bad)) {
          context.fault(
              Code.CHANGES_IN_TIME,
              "the condition of a network's `if` must be known when compiled",
              condition.span());
        }
      }
      case ModelItem.Equation(var variable, var value, var span) ->
          new Evaluator(context, scope.env())
              .scalar(value)
              .ifPresent(
                  rate ->
                      equations.add(
                          new Equation(
                              scope.prefix() + variable.text(),
                              ownStates(rate),
                              Optional.empty(),
                              span)));
      case ModelItem.Parameters _,
          ModelItem.States _,
          ModelItem.Input _,
          ModelItem.Noise _,
          ModelItem.Integrate _,
          NetworkItem.Output _,
          Let _ -> {}
    }
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

  private Optional<String> familyName(IndexedName name, NetworkScope scope) {
    var evaluator = new Evaluator(context, scope.env());
    List<Val> indices = name.indices().stream().map(evaluator::eval).toList();
    Optional<String> family = Indexing.family(name.name().text(), indices);
    if (family.isEmpty()) {
      context.fault(
          Code.CHANGES_IN_TIME, "an index of a name must be known when compiled", name.span());
    }
    return family;
  }

  private void population(NetworkItem.Population item, NetworkScope scope) {
    Optional<String> name = familyName(item.name(), scope);
    if (name.isEmpty()) {
      return;
    }
    var evaluator = new Evaluator(context, scope.env());
    Instance instance = item.model();
    Optional<Entity> model = scope.env().file().find(instance.model());
    Optional<List<Integer>> shape =
        instance.shape().isEmpty()
            ? Optional.of(List.of(1))
            : Kinds.sizes(instance.shape(), evaluator);
    if (model.isEmpty()
        || !(model.get() instanceof Entity.Declared declared)
        || !(declared.declaration() instanceof Declaration.Neuron)) {
      String text = instance.model().text();
      context.fault(
          model.isEmpty() ? Code.UNKNOWN_NAME : Code.NOT_A_MODEL,
          model.isEmpty()
              ? "unknown neuron `" + text + "`" + Nearest.hint(text, scope.env().file().names())
              : "`" + text + "` is no neuron",
          instance.model().span());
      scope.define(name.get(), Val.BAD);
      return;
    }
    if (shape.isEmpty()) {
      scope.define(name.get(), Val.BAD);
      return;
    }
    String path = scope.prefix() + name.get();
    scope.define(name.get(), cells(path, shape.get()));
    var result =
        new NeuronElaborator(
                context,
                scope.env(),
                instance.model().text(),
                path,
                shape.get(),
                instance.arguments(),
                settings.assigned())
            .elaborate(
                declared,
                competition(item.inhibit(), scope),
                competition(item.winners(), scope),
                item.span());
    populations.add(result.population());
    context.neuron(path, result.neuron());
  }

  private Optional<Competition> competition(
      @org.jspecify.annotations.Nullable Expression rule, NetworkScope scope) {
    if (!(rule instanceof Expression.Call(Expression.Variable(var name, _), var arguments, _))
        || !name.text().equals("first")) {
      if (rule != null) {
        context.fault(
            Code.UNKNOWN_OPTION, "competition is written `first(k, per: map)`", rule.span());
      }
      return Optional.empty();
    }
    var evaluator = new Evaluator(context, scope.env());
    int first = 1;
    Competition.Group group = Competition.Group.POPULATION;
    int radius = 0;
    for (Argument argument : arguments) {
      String label = argument.name() == null ? "" : argument.name().text();
      switch (label) {
        case "per" -> {
          String word = argument.value() instanceof Expression.Variable(var w, _) ? w.text() : "";
          group =
              switch (word) {
                case "map" -> Competition.Group.MAP;
                case "position" -> Competition.Group.POSITION;
                default -> Competition.Group.POPULATION;
              };
        }
        case "radius" ->
            radius = (int) (long) evaluator.whole(argument.value(), "a radius").orElse(0L);
        default -> first = (int) (long) evaluator.whole(argument.value(), "a number").orElse(1L);
      }
    }
    return Optional.of(new Competition(first, group, radius));
  }

  private void part(NetworkItem.Part item, NetworkScope scope) {
    Optional<String> name = familyName(item.name(), scope);
    if (name.isEmpty()) {
      return;
    }
    Optional<Entity> model = scope.env().file().find(item.network().model());
    if (model.isEmpty()
        || !(model.get() instanceof Entity.Declared declared)
        || !(declared.declaration() instanceof Declaration.Network network)) {
      context.fault(
          model.isEmpty() ? Code.UNKNOWN_NAME : Code.NOT_A_MODEL,
          "`" + item.network().model().text() + "` is no network",
          item.network().model().span());
      return;
    }
    List<Expression> shape = item.network().shape();
    if (shape.isEmpty()) {
      onePart(name.get(), network, declared, item.network().arguments(), scope);
      return;
    }
    long count =
        new Evaluator(context, scope.env()).whole(shape.get(0), "a number of parts").orElse(0L);
    for (int k = 0; k < count; k++) {
      onePart(name.get() + "[" + k + "]", network, declared, item.network().arguments(), scope);
    }
  }

  private void onePart(
      String name,
      Declaration.Network network,
      Entity.Declared declared,
      List<Argument> arguments,
      NetworkScope outer) {
    NetworkScope scope =
        new NetworkScope(outer.prefix() + name + ".", Env.of(declared.scope()).inner());
    outer.env().define("#part:" + name, Val.of(1));
    for (Argument argument : arguments) {
      if (argument.name() != null && isInput(network, argument.name().text())) {
        Val value = new Evaluator(context, outer.env()).eval(argument.value());
        if (!(value instanceof Val.Num(Expr.Num _, _))) {
          scope.env().define("#argument:" + argument.name().text(), value);
        }
      }
    }
    parameters(network.name().text(), network.items(), scope, arguments, outer.env());
    items(network.items(), scope);
    constants(network, arguments, outer, scope);
    outer.define(name, new Val.Part(scope));
  }

  /// A constant given to an input of a part is where the input starts.
  private void constants(
      Declaration.Network network,
      List<Argument> arguments,
      NetworkScope outer,
      NetworkScope scope) {
    for (Argument argument : arguments) {
      if (argument.name() == null || !isInput(network, argument.name().text())) {
        continue;
      }
      Val value = new Evaluator(context, outer.env()).eval(argument.value());
      String path = scope.prefix() + argument.name().text();
      if (value instanceof Val.Num(Expr.Num(var number), _)) {
        inputs.replaceAll(
            i ->
                i.path().equals(path)
                    ? new NetworkInput(
                        path, i.shape(), number.toDouble(), i.unit(), i.factor(), i.span())
                    : i);
      }
    }
  }

  private static boolean isInput(Declaration.Network network, String name) {
    return network.items().stream()
        .anyMatch(i -> i instanceof ModelItem.Input input && input.name().text().equals(name));
  }

  private void loop(NetworkItem.For loop, NetworkScope scope) {
    Val values = new Evaluator(context, scope.env()).eval(loop.values());
    Optional<List<Val>> list = Loops.items(values);
    if (list.isEmpty()) {
      if (!(values instanceof Val.Bad)) {
        context.fault(
            Code.CHANGES_IN_TIME,
            "a network's `for` wants a list or range known when compiled",
            loop.values().span());
      }
      return;
    }
    for (Val value : list.get()) {
      NetworkScope inner = new LoopScope(scope).scope();
      Loops.bind(context, inner.env(), loop.pattern(), value);
      outerScopes.put(inner, scope);
      items(loop.body(), inner);
      inner.members().forEach(scope::define);
    }
  }

  /// The inside of a loop: the same part of the network, with names of its own.
  private record LoopScope(NetworkScope outer) {
    NetworkScope scope() {
      return new NetworkScope(outer.prefix(), outer.env().inner());
    }
  }
}
