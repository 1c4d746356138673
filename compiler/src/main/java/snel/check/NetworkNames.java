package snel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.IndexedName;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.NetworkItem;
import snel.syntax.QualifiedName;
import snel.types.Type;

/// Declares the names of a network. What a loop declares is known outside of it as well, as a
/// family; its `let`s are not.
final class NetworkNames {
  private final Context context;
  private final Scope outermost;
  private final Map<NetworkItem.For, Scope> loops;

  /// The declarations that share a name with indices: `pop[0]`, `pop[1]`.
  private final Map<String, List<Supplier<Type>>> families = new HashMap<>();

  /// What the branch at hand declares, and what those that exclude it do.
  private Set<String> declared = new HashSet<>();

  private Set<String> inOtherBranch = Set.of();

  NetworkNames(Context context, Scope outermost, Map<NetworkItem.For, Scope> loops) {
    this.context = context;
    this.outermost = outermost;
    this.loops = loops;
  }

  void declare(List<NetworkItem> items) {
    declare(items, outermost);
  }

  private void declare(List<NetworkItem> items, Scope scope) {
    items.forEach(item -> item(item, scope));
  }

  private void item(NetworkItem item, Scope scope) {
    switch (item) {
      case ModelItem shared ->
          ModelNames.of(context, scope, shared).forEach(symbol -> add(scope, symbol));
      case Let let -> add(scope, ModelNames.let(context, scope, let));
      case NetworkItem.Output(var name, var value, _, _) ->
          add(
              scope,
              Symbol.lazy(
                  name, Role.OUTPUT, Optional.empty(), self -> context.in(scope).type(value)));
      case NetworkItem.Population population -> population(population, scope);
      case NetworkItem.Part part -> part(part, scope);
      case NetworkItem.Readout readout -> readout(readout, scope);
      case Connect connect -> connect(connect, scope);
      case NetworkItem.For loop -> {
        Scope inner = scope.inner();
        loops.put(loop, inner);
        Loops.declare(context, inner, loop.pattern(), loop.values(), scope);
        declare(loop.body(), inner);
      }
      case NetworkItem.If(_, var then, var otherwise, _) -> branches(then, otherwise, scope);
      case NetworkItem.Protocol protocol -> Names.check(context, protocol.name());
      case NetworkItem.Drive _ -> {}
    }
  }

  /// Only one branch is made, so that a name may be declared in each.
  private void branches(List<NetworkItem> then, List<NetworkItem> otherwise, Scope scope) {
    Set<String> before = declared;
    Set<String> excluded = inOtherBranch;
    declared = new HashSet<>();
    declare(then, scope);
    Set<String> inThen = declared;
    inOtherBranch = new HashSet<>(excluded);
    inOtherBranch.addAll(inThen);
    declare(otherwise, scope);
    inOtherBranch = excluded;
    before.addAll(declared);
    declared = before;
  }

  private void add(Scope scope, Symbol symbol) {
    declared.add(symbol.name());
    if (!inOtherBranch.contains(symbol.name())) {
      Names.declare(context, scope, symbol);
    }
  }

  void population(NetworkItem.Population population, Scope scope) {
    family(
        scope,
        population.name(),
        Role.POPULATION,
        () -> new Things.Cells(neuron(context, population.model().model(), scope.file())));
  }

  void part(NetworkItem.Part part, Scope scope) {
    family(
        scope,
        part.name(),
        Role.PART,
        () -> new Things.Part(network(context, part.network().model(), scope.file())));
  }

  void readout(NetworkItem.Readout readout, Scope scope) {
    family(scope, readout.name(), Role.READOUT, () -> Things.READOUT);
  }

  /// What the projection is made of is worked out when it is asked for.
  void connect(Connect connect, Scope scope) {
    if (connect.alias() != null && !connect.alias().name().text().isEmpty()) {
      Name name = connect.alias().name();
      boolean indexed = !connect.alias().indices().isEmpty();
      Symbol symbol =
          Symbol.lazy(
              name,
              Role.PROJECTION,
              Optional.empty(),
              self -> new Projections(context, scope).wires(connect));
      publish(scope, symbol, indexed);
    }
  }

  private void family(Scope scope, IndexedName name, Role role, Supplier<Type> type) {
    List<Supplier<Type>> members =
        families.computeIfAbsent(name.name().text(), n -> new ArrayList<>());
    members.add(type);
    Symbol symbol = Symbol.lazy(name.name(), role, Optional.empty(), self -> common(members));
    publish(scope, symbol, !name.indices().isEmpty());
  }

  private Type common(List<Supplier<Type>> members) {
    Type common = members.getFirst().get();
    for (Supplier<Type> member : members) {
      common = new Agreeing(context).common(common, member.get()).orElse(Type.UNKNOWN);
    }
    return common;
  }

  /// Makes the name known in the whole network.
  private void publish(Scope scope, Symbol symbol, boolean indexed) {
    Optional<Symbol> earlier = outermost.own(symbol.name());
    boolean mayBeThere = indexed || inOtherBranch.contains(symbol.name());
    boolean same = mayBeThere && earlier.filter(e -> e.role() == symbol.role()).isPresent();
    declared.add(symbol.name());
    if (!same) {
      Names.declare(context, outermost, symbol);
    }
  }

  static Optional<NeuronModel> neuron(Context context, QualifiedName name, FileScope file) {
    return declared(context, name, file)
        .flatMap(d ->
            d.declaration() instanceof Declaration.Neuron neuron
                ? Optional.of(context.models().neuron(neuron, d.scope()))
                : Optional.empty());
  }

  static Optional<NetworkModel> network(Context context, QualifiedName name, FileScope file) {
    return declared(context, name, file)
        .filter(d -> d.declaration() instanceof Declaration.Network)
        .map(d -> context.models().network((Declaration.Network) d.declaration(), d.scope()));
  }

  /// Looks a model up and notes that its import is used.
  static Optional<Entity.Declared> declared(Context context, QualifiedName name, FileScope file) {
    context.usage().readImport(file, name.parts().getFirst().text());
    Optional<Entity.Declared> found =
        file.find(name)
            .flatMap(e -> e instanceof Entity.Declared d ? Optional.of(d) : Optional.empty());
    found
        .flatMap(d -> Library.name(d.declaration()))
        .ifPresent(n -> context.usage().readAt(n.span()));
    return found;
  }
}
