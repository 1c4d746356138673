package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Port;

/// Events that `send` put on their way, each waiting for its step.
final class Mailbox {
  private final NetworkView view;
  private final TreeMap<Long, List<Letter>> due = new TreeMap<>();

  /// @param indices of the port's elements
  /// @param arguments one for each parameter: a number for all elements, or one for each
  record Letter(long due, String port, int[] indices, List<double[]> arguments) {}

  Mailbox(NetworkView view) {
    this.view = view;
  }

  void post(Letter letter) {
    due.computeIfAbsent(letter.due, _ -> new ArrayList<>(1)).add(letter);
  }

  /// Hands over what belongs to step `now`; the step of the next letter, or the largest long.
  long deliver(long now) {
    for (var next = due.firstEntry(); next != null; next = due.firstEntry()) {
      if (next.getKey() > now) {
        return next.getKey();
      }
      due.remove(next.getKey());
      next.getValue().forEach(this::hand);
    }
    return Long.MAX_VALUE;
  }

  private void hand(Letter letter) {
    Port port = view.port(letter.port);
    for (int k = 0; k < letter.indices.length; k++) {
      int element = letter.indices[k];
      boolean first = port.pending()[element] == 0;
      if (!first && !port.additive()) {
        throw new ProtocolProblem(
            ProblemKind.BAD_VALUE,
            "two events are sent to " + letter.port + " in one instant, and they cannot be added");
      }
      port.pending()[element]++;
      for (int a = 0; a < port.arguments().size(); a++) {
        double[] values = letter.arguments.get(a);
        double value = values.length == 1 ? values[0] : values[k];
        Object cells = port.arguments().get(a);
        Cells.set(cells, element, first ? value : Cells.get(cells, element) + value);
      }
    }
  }

  /// In the order in which they will be handed over.
  List<Letter> letters() {
    return due.values().stream().flatMap(List::stream).toList();
  }

  boolean hasOneFor(Predicate<String> port) {
    return due.values().stream().flatMap(List::stream).anyMatch(l -> port.test(l.port));
  }

  boolean isEmpty() {
    return due.isEmpty();
  }

  void clear() {
    due.clear();
  }
}
