package snel.runtime.convert;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import snel.runtime.data.OnnxGraph;
import snel.runtime.data.OnnxGraph.Node;

/// The nodes of a graph by what they make.
final class OnnxNodes {
  private final OnnxProblems problems;
  private final Map<String, Node> makers = new HashMap<>();

  private OnnxNodes(OnnxProblems problems, List<Node> nodes) {
    this.problems = problems;
    nodes.forEach(this::enter);
  }

  private void enter(Node node) {
    for (String name : node.outputs()) {
      Node other = name.isEmpty() ? null : makers.put(name, node);
      if (other != null) {
        throw problems.found(
            "one node for `" + name + "`",
            OnnxProblems.text(other) + " and " + OnnxProblems.text(node));
      }
    }
  }

  /// The same graph with only the nodes that its outputs depend on, in an order in which they can
  /// be computed: the file's, where that is one.
  static OnnxGraph needed(OnnxProblems problems, OnnxGraph graph) {
    OnnxNodes all = new OnnxNodes(problems, graph.nodes());
    Set<Node> needed = all.upTo(all.made(graph.outputs()).toList());
    List<Node> kept =
        graph.nodes().stream()
            .filter(node -> graph.outputs().isEmpty() || needed.contains(node))
            .toList();
    return graph.with(List.copyOf(all.upTo(kept)));
  }

  private Stream<Node> made(List<String> names) {
    return names.stream().map(makers::get).filter(Objects::nonNull);
  }

  /// Nodes and what they depend on, each behind what it takes.
  private Set<Node> upTo(Collection<Node> nodes) {
    Set<Node> entered = new HashSet<>();
    Set<Node> done = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    for (Node node : nodes) {
      open.push(node);
      while (!open.isEmpty()) {
        Node next = open.element();
        if (entered.add(next)) {
          made(next.inputs())
              .filter(maker -> !done.contains(maker))
              .forEach(maker -> {
                requireNew(maker, entered);
                open.push(maker);
              });
        } else {
          done.add(open.pop());
        }
      }
    }
    return done;
  }

  /// What is entered and not done waits for what it takes.
  private void requireNew(Node maker, Set<Node> entered) {
    if (entered.contains(maker)) {
      throw problems.found(
          "nodes of which none depends on itself", OnnxProblems.text(maker) + ", which does");
    }
  }
}
