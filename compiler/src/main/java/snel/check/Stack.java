package snel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Connect;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;

/// What the connections of a network lead from and to, by the names that are written.
final class Stack {
  /// One source and one target of a connection.
  record Edge(String from, String to, Connect connect) {}

  private final List<Edge> edges = new ArrayList<>();
  private final Set<String> inputs = new HashSet<>();
  private final Set<String> parts = new HashSet<>();
  private final Map<String, NeuronModel> populations = new HashMap<>();

  private Stack() {}

  /// @param file that the network stands in
  static Stack of(Context context, Declaration.Network network, FileScope file) {
    var stack = new Stack();
    network.items().forEach(item -> stack.add(context, file, item));
    return stack;
  }

  List<Edge> edges() {
    return List.copyOf(edges);
  }

  /// Whether a spike comes a step later than it would with `instant`, and later than it should. One
  /// of an input belongs to the step at whose beginning it stands, either way. Of what leads into a
  /// part the connection inside says when it acts. Where times are measured, those of spikes are at
  /// the ends of their steps.
  boolean waits(Edge edge) {
    return !inputs.contains(edge.from()) && !parts.contains(edge.to()) && !measures(edge.to());
  }

  private boolean measures(String population) {
    return populations.containsKey(population)
        && edges.stream().noneMatch(edge -> edge.from().equals(population))
        && Measuring.is(populations.get(population));
  }

  private void add(Context context, FileScope file, NetworkItem item) {
    switch (item) {
      case Connect connect -> connect(connect);
      case ModelItem.Input input -> inputs.add(input.name().text());
      case NetworkItem.Part part -> parts.add(part.name().name().text());
      case NetworkItem.Population population -> population(context, file, population);
      case NetworkItem.For loop -> loop.body().forEach(inner -> add(context, file, inner));
      case NetworkItem.If(_, var then, var otherwise, _) -> {
        then.forEach(inner -> add(context, file, inner));
        otherwise.forEach(inner -> add(context, file, inner));
      }
      default -> {}
    }
  }

  private void connect(Connect connect) {
    for (Expression source : connect.sources()) {
      for (Expression target : connect.targets()) {
        edges.add(new Edge(name(source), name(target), connect));
      }
    }
  }

  private void population(Context context, FileScope file, NetworkItem.Population population) {
    if (file.find(population.model().model()).orElse(null) instanceof Entity.Declared declared
        && declared.declaration() instanceof Declaration.Neuron neuron) {
      populations.put(
          population.name().name().text(), context.models().neuron(neuron, declared.scope()));
    }
  }

  private static String name(Expression reference) {
    return switch (reference) {
      case Expression.Variable(var name, _) -> name.text();
      case Expression.Member(var owner, _, _) -> name(owner);
      case Expression.Index(var owner, _, _) -> name(owner);
      default -> "";
    };
  }
}
