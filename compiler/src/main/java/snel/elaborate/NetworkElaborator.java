package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.model.Drive;
import snel.model.Network;
import snel.model.Population;
import snel.model.Projection;
import snel.model.Readout;
import snel.model.Slice;
import snel.resolve.Entity;
import snel.syntax.Argument;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.IndexedName;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.NetworkItem;

/// Elaborates one network with its parts: populations first, then connections.
public final class NetworkElaborator {
  private final Context context;
  private final Settings settings;
  private final NetworkPopulations populations;
  private final NetworkVariables variables;
  private final List<Drive> drives = new ArrayList<>();
  private final List<Readout> readouts = new ArrayList<>();
  private final Map<String, NetworkItem.Protocol> protocols = new LinkedHashMap<>();
  private final Connections connections = new Connections();
  private final List<Runnable> connectionNames = new ArrayList<>();
  private final List<Runnable> equations = new ArrayList<>();
  private final Map<NetworkScope, NetworkScope> outerScopes = new java.util.IdentityHashMap<>();
  private final List<NetworkScope> parts = new ArrayList<>();
  private final Map<String, Slice> aliases = new LinkedHashMap<>();

  public NetworkElaborator(Context context, Settings settings) {
    this.context = context;
    this.settings = settings;
    this.populations = new NetworkPopulations(context, settings);
    this.variables = new NetworkVariables(context, settings, populations);
  }

  /// Elaborates network `declared` with the arguments of an experiment.
  ///
  /// @param place names where the arguments stand
  public Elaborated elaborate(Entity.Declared declared, List<Argument> arguments, Env place) {
    var network = (Declaration.Network) declared.declaration();
    NetworkScope scope = new NetworkScope("", Env.of(declared.scope()).inner());
    for (GivenInput argument : GivenInput.of(network, arguments, true)) {
      new FedInputs(context, this).refuse(argument);
    }
    variables.given(network, arguments, place, scope);
    variables.parameters(network.name().text(), network.items(), scope, arguments, place);
    items(network.items(), scope);
    variables.constants(network, arguments, place, scope);
    populations.fill();
    connect();
    return finished(network.name().text(), scope);
  }

  /// Elaborates the parts of a network that stand in a test.
  public Elaborated elaborate(List<? extends NetworkItem> items, Env place) {
    NetworkScope scope = new NetworkScope("", place.inner());
    items(items, scope);
    populations.fill();
    connect();
    return finished("test", scope);
  }

  /// Names of connections are known to all connections, wherever they stand.
  private void connect() {
    connectionNames.forEach(Runnable::run);
    connections.make();
    equations.forEach(Runnable::run);
    variables.checkMethods();
  }

  private Elaborated finished(String name, NetworkScope scope) {
    // a part is connected inside before its inputs are connected outside
    List<Projection> projections =
        connections.projections().stream()
            .map(p -> p.from(resolved(p.source())))
            .map(p -> ThresholdWeights.resolved(p, populations::at))
            .toList();
    new Accumulators(context, projections, drives).check(populations.all());
    InstantCycles.check(context, projections);
    parts.forEach(this::nameSources);
    context.finishNetwork();
    return new Elaborated(
        new Network(
            name,
            context.step().toDouble(),
            settings.seed(),
            settings.numerics(),
            settings.fast(),
            settings.preciseTimes(),
            Contrasts.with(variables.inputs(), context),
            variables.parameters(),
            variables.states(),
            variables.noises(),
            variables.equations(),
            populations.all().stream().filter(p -> !isFed(p.path())).toList(),
            projections,
            drives,
            readouts.stream().map(r -> r.from(r.source().map(this::resolved))).toList()),
        scope,
        protocols);
  }

  /// What the protocols of a part call its input are the neurons that stand for it.
  private void nameSources(NetworkScope part) {
    for (Map.Entry<String, Val> member : List.copyOf(part.members().entrySet())) {
      if (member.getValue() instanceof Val.Cells(var slice, var event)
          && isFed(slice.population())) {
        part.define(member.getKey(), new Val.Cells(resolved(slice), event));
      }
    }
  }

  Context context() {
    return context;
  }

  Settings settings() {
    return settings;
  }

  Optional<Population> population(String path) {
    return populations.at(path);
  }

  void add(Projection projection) {
    connections.add(projection);
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

  Optional<Projection> projection(String path) {
    return connections.at(path);
  }

  /// How many projections stand before what is being connected.
  int projectionsBefore() {
    return connections.projections().size();
  }

  boolean isFed(String input) {
    return aliases.containsKey(input);
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

  private void items(List<? extends NetworkItem> items, NetworkScope scope) {
    items.forEach(item -> name(item, scope));
    items.forEach(item -> item(item, scope));
  }

  /// Names that may be used before the place where they are declared.
  private void name(NetworkItem item, NetworkScope scope) {
    switch (item) {
      case Let let -> valueOnce(let.name(), let.value(), scope);
      case ModelItem.Input input -> variables.input(input, scope);
      case ModelItem.Noise noise -> variables.noise(noise, scope);
      case ModelItem.States(boolean plastic, _, var bindings, _, _) ->
          bindings.forEach(b -> variables.state(b, plastic, scope));
      case NetworkItem.Output(var name, var value, _, _) -> valueOnce(name, value, scope);
      default -> {}
    }
  }

  private void valueOnce(Name name, Expression value, NetworkScope scope) {
    DrawnOnce once = DrawnOnce.ofNetwork(context, scope, name.text(), name.span());
    scope
        .env()
        .defineLazily(name.text(), () -> once.of(new Evaluator(context, scope.env()).eval(value)));
  }

  private void item(NetworkItem item, NetworkScope scope) {
    switch (item) {
      case NetworkItem.Population population ->
          familyName(population.name(), scope)
              .ifPresent(name -> populations.add(population, name, scope));
      case NetworkItem.Part part -> part(part, scope);
      case Connect connect -> connection(connect, scope);
      case NetworkItem.Drive drive ->
          connections.next(() -> new DriveElaborator(this, scope).drive(drive));
      case NetworkItem.Readout readout ->
          connections.next(
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
      // it may speak of populations and projections that are declared after it
      case ModelItem.Equation equation -> equations.add(() -> variables.equation(equation, scope));
      case ModelItem.Integrate integrate -> variables.integrate(integrate, scope);
      case ModelItem.Parameters _,
          ModelItem.States _,
          ModelItem.Input _,
          ModelItem.Noise _,
          NetworkItem.Output _,
          Let _ -> {}
    }
  }

  private void connection(Connect connect, NetworkScope scope) {
    Connections.Turn turn =
        connections.next(() -> new ConnectElaborator(this, scope).connect(connect));
    IndexedName alias = connect.alias();
    if (alias != null) {
      connectionNames.add(
          () -> familyName(alias, scope).ifPresent(name -> announce(name, alias, scope, turn)));
    }
  }

  /// Makes a connection's name known, which is made where it is asked for.
  private void announce(String name, IndexedName alias, NetworkScope scope, Connections.Turn turn) {
    NetworkScope place = scope;
    while (place != null) {
      place
          .env()
          .defineLazily(
              name,
              () -> connections.make(turn) ? named(name, alias, scope) : needsItself(name, alias),
              () -> needsItself(name, alias));
      place = outerScopes.get(place);
    }
  }

  private Val named(String name, IndexedName alias, NetworkScope scope) {
    Val value = scope.members().get(name);
    if (value != null) {
      return value;
    }
    if (!context.diagnostics().hasErrors()) {
      context.fault(
          Code.UNKNOWN_NAME, "`" + name + "` names no synapses: it feeds an input", alias.span());
    }
    return Val.BAD;
  }

  private Val needsItself(String name, IndexedName alias) {
    return context.fault(
        Diagnostic.of(
                Code.DEFINITION_CYCLE,
                "the connection `" + name + "` needs itself",
                alias.span(),
                "leads back to here")
            .help("its weights, or what it is connected to, must be those of another connection"));
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
    parts.add(scope);
    outer.env().define("#part:" + name, Val.of(1));
    variables.given(network, arguments, outer.env(), scope);
    variables.parameters(network.name().text(), network.items(), scope, arguments, outer.env());
    items(network.items(), scope);
    variables.constants(network, arguments, outer.env(), scope);
    for (GivenInput argument : GivenInput.of(network, arguments, true)) {
      connections.next(() -> spikes(argument, scope, outer));
    }
    outer.define(name, new Val.Part(scope));
  }

  private void spikes(GivenInput argument, NetworkScope part, NetworkScope outer) {
    Val input = part.env().find(argument.name()).orElse(Val.BAD);
    if (input instanceof Val.Cells(var own, _)) {
      Val given = new Evaluator(context, outer.env()).eval(argument.value());
      new FedInputs(context, this).give(argument, given, own);
    }
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
