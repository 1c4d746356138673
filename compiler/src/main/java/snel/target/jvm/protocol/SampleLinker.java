package snel.target.jvm.protocol;

import snel.ir.protocol.Action.Target.Samples;
import snel.runtime.schedule.Cells;
import snel.runtime.schedule.Evaluation;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Picked;

/// Begins the sampling that a `record` statement asks for.
record SampleLinker(Samples samples, Picked selection, Picked post, Evaluation every) {

  static SampleLinker of(Samples samples) {
    return new SampleLinker(
        samples,
        TermLinker.link(samples.selection()),
        TermLinker.link(samples.post()),
        TermLinker.link(samples.everySteps()));
  }

  void begin(Machine machine) {
    machine.recordSamples(
        samples.path(),
        samples.buffer(),
        indices(machine),
        every.evaluate(machine).whole(),
        samples.atDeliver());
  }

  /// Samples that only the latest episode needs.
  void watch(Machine machine) {
    machine.watchSamples(
        samples.path(),
        samples.buffer(),
        indices(machine),
        every.evaluate(machine).whole(),
        samples.atDeliver());
  }

  private int[] indices(Machine machine) {
    if (!samples.projection().isEmpty()) {
      return new SynapseCells(samples.projection(), selection, post).indices(machine);
    }
    Object array = machine.view().network().array(samples.buffer());
    return selection.indices(machine, Cells.length(array));
  }
}
