package snel.target.jvm.protocol;

import java.util.List;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.runtime.schedule.CellNames;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;

/// What neurons are called in figures.
final class ElementNames {
  private ElementNames() {}

  /// A population, or what is drawn of it.
  ///
  /// @param written what the program calls it
  static String of(Machine machine, Term.Neurons neurons, String written) {
    if (neurons.selection() instanceof Selection.All) {
      return neurons.population();
    }
    NetworkView.Population population = machine.view().population(neurons.population());
    int[] picked = TermLinker.link(neurons.selection()).indices(machine, population.size());
    return picked.length == 1 ? CellNames.neuron(population, picked[0]) : written;
  }

  /// The states of neurons that a series has a row of; empty for those of synapses.
  static List<String> of(Machine machine, Term.Recorded recorded) {
    String path = recorded.path();
    if (!recorded.projection().isEmpty()) {
      return List.of();
    }
    int[] sampled = machine.taps().sampler(path).indices();
    return CellNames.states(
        machine.view(),
        path,
        recorded.isWhole()
            ? sampled
            : TermLinker.link(recorded.selection()).indices(machine, Integer.MAX_VALUE));
  }
}
