package snel.target.jvm.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;

/// What neurons are called in figures: as a program would, `E[3]` or `map[0, 2].v`.
final class ElementNames {
  private ElementNames() {}

  /// A population, or what is drawn of it.
  ///
  /// @param written what the program calls it
  static String of(Machine machine, Term.Neurons neurons, String written) {
    String population = neurons.population();
    if (neurons.selection() instanceof Selection.All) {
      return population;
    }
    int[] shape = machine.view().population(population).shape();
    int[] picked = TermLinker.link(neurons.selection()).indices(machine, size(shape));
    return picked.length == 1 ? population + at(shape, picked[0]) : written;
  }

  /// The states of neurons that a series has a row of; empty for those of synapses.
  static List<String> of(Machine machine, Term.Recorded recorded) {
    NetworkView view = machine.view();
    String path = recorded.path();
    int dot = path.lastIndexOf('.');
    if (dot < 0 || !view.populations().containsKey(path.substring(0, dot))) {
      return List.of();
    }
    int[] shape = view.population(path.substring(0, dot)).shape();
    int[] rows =
        recorded.isWhole()
            ? machine.taps().sampler(path).indices()
            : TermLinker.link(recorded.selection()).indices(machine, size(shape));
    return size(shape) == 1
        ? List.of(path)
        : Arrays.stream(rows)
            .mapToObj(row -> path.substring(0, dot) + at(shape, row) + path.substring(dot))
            .toList();
  }

  private static int size(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static String at(int[] shape, int index) {
    int[] coordinates = new int[shape.length];
    int rest = index;
    for (int d = shape.length - 1; d >= 0; d--) {
      coordinates[d] = rest % shape[d];
      rest /= shape[d];
    }
    return IntStream.of(coordinates)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
