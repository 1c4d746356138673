package snel.target.jvm.protocol;

import java.util.List;
import snel.ir.Program;
import snel.ir.protocol.Experiment;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Recording;
import snel.runtime.schedule.Script;
import snel.target.jvm.JvmTarget;

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
            experiment.readOuts().stream().map(ReadOutLinker::link).toList(),
            experiment.recalled());
    Machine machine = new Machine(ScriptLinker.link(experiment), view, host, recording, setup);
    experiment.episodeSamples().forEach(samples -> SampleLinker.of(samples).watch(machine));
    return machine;
  }

  /// A machine without a network, for terms that only read files.
  public static Machine idle(double stepMs, Host host) {
    Program nothing = Program.empty(stepMs);
    NetworkView view = ViewLinker.link(nothing, new JvmTarget().build(nothing));
    Script script = new Script("", List.of(), 0, List.of());
    return new Machine(script, view, host, Recording.NONE, new Machine.Setup(List.of(), List.of(), List.of()));
  }
}
