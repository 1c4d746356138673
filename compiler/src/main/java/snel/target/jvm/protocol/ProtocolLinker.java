package snel.target.jvm.protocol;

import snel.ir.protocol.Experiment;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Recording;

/// Readies an experiment to be run in this JVM.
public final class ProtocolLinker {
  private ProtocolLinker() {}

  /// A machine at the beginning of an experiment.
  ///
  /// @param view of the network that the experiment's program was built to
  public static Machine machine(
      Experiment experiment, NetworkView view, Host host, Recording recording) {
    var setup =
        new Machine.Setup(
            experiment.episodeSpikes(),
            experiment.readOuts().stream().map(ReadOutLinker::link).toList());
    Machine machine = new Machine(ScriptLinker.link(experiment), view, host, recording, setup);
    experiment.episodeSamples().forEach(samples -> SampleLinker.of(samples).watch(machine));
    return machine;
  }
}
