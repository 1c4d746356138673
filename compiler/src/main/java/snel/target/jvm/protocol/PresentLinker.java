package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.List;
import snel.ir.protocol.Action.Binding;
import snel.ir.protocol.Term;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.Inputs;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView.Population;
import snel.runtime.schedule.Picked;
import snel.runtime.schedule.SpikeSource;

/// Begins a presentation with its inputs.
record PresentLinker(List<Bound> bindings) {

  /// A binding with its selection and value linked.
  record Bound(Binding binding, Picked picked, Evaluation value) {}

  static PresentLinker of(List<Binding> bindings) {
    return new PresentLinker(
        bindings.stream()
            .map(binding ->
                switch (binding) {
                  case Binding.Hold(String _, var selection, var value) ->
                      bound(binding, selection, value);
                  case Binding.Vary(String _, var selection, var value) ->
                      bound(binding, selection, value);
                  case Binding.Play(String _, var selection, var trains) ->
                      bound(binding, selection, trains);
                })
            .toList());
  }

  private static Bound bound(Binding binding, snel.ir.protocol.Selection selection, Term value) {
    return new Bound(binding, TermLinker.link(selection), TermLinker.link(value));
  }

  void begin(Machine machine, long steps) {
    List<Inputs.Hold> holds = new ArrayList<>();
    List<SpikeSource> sources = new ArrayList<>();
    for (Bound bound : bindings) {
      switch (bound.binding) {
        case Binding.Hold(String path, var _, var _) ->
            holds.add(
                new Inputs.Hold.Fixed(
                    path, cells(machine, path, bound), bound.value.evaluate(machine)));
        case Binding.Vary(String path, var _, var _) ->
            holds.add(new Inputs.Hold.Varying(path, cells(machine, path, bound), bound.value));
        case Binding.Play(String name, var _, var _) -> {
          Population population = machine.view().population(name);
          sources.add(
              SpikeSource.of(
                  population,
                  bound.picked.indices(machine, population.size()),
                  bound.value.evaluate(machine),
                  machine.episodes().step(),
                  steps,
                  machine.view().stepMs()));
        }
      }
    }
    machine.beginPresent(steps, holds, sources);
  }

  private static int[] cells(Machine machine, String path, Bound bound) {
    Object array = machine.view().variable(path).array();
    return bound.picked.indices(machine, Cells.length(array));
  }
}
