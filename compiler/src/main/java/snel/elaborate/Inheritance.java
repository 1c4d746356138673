package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;
import snel.syntax.Node;
import snel.syntax.QualifiedName;
import snel.syntax.SynapseItem;

/// `extends`: a model's items with those of its ancestors, of which what is declared again is
/// replaced. Every item keeps the file in which its names are looked up.
final class Inheritance {
  /// An item and the scope of the file it stands in.
  record Placed<T>(T item, FileScope scope) {}

  private final Context context;

  Inheritance(Context context) {
    this.context = context;
  }

  List<Placed<NeuronItem>> neuron(Entity.Declared declared) {
    return neuron(declared, new LinkedHashSet<>());
  }

  private List<Placed<NeuronItem>> neuron(Entity.Declared declared, Set<String> seen) {
    var neuron = (Declaration.Neuron) declared.declaration();
    Optional<Entity.Declared> parent =
        parent(neuron.parent(), declared, neuron.name().text(), seen);
    List<Placed<NeuronItem>> inherited = new ArrayList<>();
    if (parent.isPresent() && parent.get().declaration() instanceof Declaration.Neuron) {
      inherited.addAll(neuron(parent.get(), seen));
    }
    return merged(inherited, neuron.items(), declared.scope());
  }

  List<Placed<SynapseItem>> synapse(Entity.Declared declared) {
    return synapse(declared, new LinkedHashSet<>());
  }

  private List<Placed<SynapseItem>> synapse(Entity.Declared declared, Set<String> seen) {
    var synapse = (Declaration.Synapse) declared.declaration();
    Optional<Entity.Declared> parent =
        parent(synapse.parent(), declared, synapse.name().text(), seen);
    List<Placed<SynapseItem>> inherited = new ArrayList<>();
    if (parent.isPresent() && parent.get().declaration() instanceof Declaration.Synapse) {
      inherited.addAll(synapse(parent.get(), seen));
    }
    return merged(inherited, synapse.items(), declared.scope());
  }

  private Optional<Entity.Declared> parent(
      @org.jspecify.annotations.Nullable QualifiedName name,
      Entity.Declared declared,
      String own,
      Set<String> seen) {
    if (name == null) {
      return Optional.empty();
    }
    if (!seen.add(declared.scope().path() + ":" + own)) {
      context.fault(Code.DEFINITION_CYCLE, "`" + own + "` extends itself", name.span());
      return Optional.empty();
    }
    Optional<Entity> found = declared.scope().find(name);
    if (found.isPresent() && found.get() instanceof Entity.Declared parent) {
      return Optional.of(parent);
    }
    context.fault(Code.UNKNOWN_NAME, "unknown model `" + name.text() + "`", name.span());
    return Optional.empty();
  }

  private static <T extends Node> List<Placed<T>> merged(
      List<Placed<T>> inherited, List<T> own, FileScope scope) {
    Map<String, Placed<T>> byKey = new LinkedHashMap<>();
    int anonymous = 0;
    for (Placed<T> placed : inherited) {
      for (String key : keys(placed.item(), anonymous++)) {
        byKey.put(key, placed);
      }
    }
    Set<String> replaced = new LinkedHashSet<>();
    for (T item : own) {
      replaced.addAll(keys(item, -1));
    }
    List<Placed<T>> all = new ArrayList<>();
    for (Placed<T> placed : inherited) {
      List<String> keys = keys(placed.item(), -1);
      boolean gone = !keys.isEmpty() && replaced.containsAll(keys);
      if (!gone) {
        all.add(placed);
      }
    }
    for (T item : own) {
      all.add(new Placed<>(item, scope));
    }
    return all;
  }

  /// What an item declares; an item declared again replaces one with the same key.
  private static List<String> keys(Node item, int number) {
    return switch (item) {
      case ModelItem.Parameters(var bindings, _, _) ->
          bindings.stream().map(b -> "name " + b.name().text()).toList();
      case ModelItem.States(_, _, var bindings, _, _) ->
          bindings.stream().map(b -> "name " + b.name().text()).toList();
      case ModelItem.Input input -> List.of("name " + input.name().text());
      case ModelItem.Noise(_, var names, _, _) ->
          names.stream().map(n -> "name " + n.text()).toList();
      case ModelItem.Equation(var variable, _, _) -> List.of("equation " + variable.text());
      case ModelItem.Receive receive -> List.of("port " + receive.name().text());
      case ModelItem.OnEvent(var event, _, _) -> List.of("on " + event.text());
      case ModelItem.EveryPeriod _, ModelItem.Integrate _ ->
          number < 0 ? List.of() : List.of("anonymous " + number);
      case Let let -> List.of("name " + let.name().text());
      case NeuronItem.SpikeWhen _,
          NeuronItem.SpikeOnCrossing _,
          NeuronItem.SpikeWithRate _,
          NeuronItem.SpikeAt _ ->
          List.of("spike");
      case NeuronItem.Reset _ -> List.of("reset");
      case NeuronItem.Refractory _ -> List.of("refractory");
      case NeuronItem.UserEvent event -> List.of("event " + event.name().text());
      case SynapseItem.WeightVariable _ -> List.of("weight");
      case SynapseItem.DelayVariable _ -> List.of("delay");
      case SynapseItem.DecayingTrace trace -> List.of("name " + trace.name().text());
      case SynapseItem.WindowTrace trace -> List.of("name " + trace.name().text());
      case SynapseItem.Transmit _ -> List.of("transmit");
      case SynapseItem.Prune _ -> List.of("prune");
      case SynapseItem.Coincident _ -> List.of("coincident");
      case SynapseItem.Sum _ -> List.of("sum");
      default -> List.of();
    };
  }
}
