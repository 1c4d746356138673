package snel.target.jvm.protocol;

import java.util.List;
import java.util.Set;
import snel.ir.Program;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.runtime.kernel.Network;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.Recording;
import snel.runtime.schedule.Script;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.SampleBuffers;
import snel.target.jvm.Threads;

/// Readies an experiment to be run in this JVM.
public final class ProtocolLinker {
  private ProtocolLinker() {}

  /// A machine at the beginning of an experiment.
  ///
  /// @param view of the network that the experiment's program was built to
  public static Machine machine(
      Experiment experiment, NetworkView view, Host host, Recording recording) {
    Machine machine =
        new Machine(ScriptLinker.link(experiment), view, host, recording, setup(experiment));
    watch(experiment, machine);
    return machine;
  }

  /// The same, that may show samples to several networks at a time.
  ///
  /// @param program that the network was built of
  public static Machine machine(
      Experiment experiment,
      Program program,
      NetworkView view,
      Host host,
      Recording recording,
      Threads threads) {
    Machine machine = machine(experiment, view, host, recording);
    boolean sharesSamples =
        experiment.recalled().isEmpty()
            && sideBySide(experiment.body()) > 0
            && SampleBuffers.of(program).isPresent();
    view.network().divideSteps(!sharesSamples);
    if (!sharesSamples) {
      return machine;
    }
    machine.help(
        threads.most(),
        threads.always(),
        () -> view.network().twin().map(twin -> helper(experiment, program, twin, machine)));
    return machine;
  }

  /// How many loops have passes that may be done side by side.
  public static int sideBySide(List<Action> body) {
    int[] loops = {0};
    Parts.eachAction(
        body,
        action -> {
          if (action instanceof Action.ForEach loop && ApartPasses.of(loop).isPresent()) {
            loops[0]++;
          }
        });
    return loops[0];
  }

  private static Machine helper(
      Experiment experiment, Program program, Network twin, Machine machine) {
    Machine helper =
        machine.helper(
            ScriptLinker.link(experiment), ViewLinker.link(program, twin), setup(experiment));
    watch(experiment, helper);
    return helper;
  }

  private static void watch(Experiment experiment, Machine machine) {
    experiment.episodeSamples().forEach(samples -> SampleLinker.of(samples).watch(machine));
  }

  private static Machine.Setup setup(Experiment experiment) {
    return new Machine.Setup(
        experiment.episodeSpikes(),
        Parts.sampled(experiment),
        experiment.readOuts().stream().map(ReadOutLinker::link).toList(),
        experiment.recalled());
  }

  /// A machine without a network, for terms that only read files.
  public static Machine idle(double stepMs, Host host) {
    Program nothing = Program.empty(stepMs);
    NetworkView view = ViewLinker.link(nothing, new JvmTarget().build(nothing));
    Script script = new Script("", List.of(), 0, List.of());
    return new Machine(
        script,
        view,
        host,
        Recording.NONE,
        new Machine.Setup(List.of(), Set.of(), List.of(), List.of()));
  }
}
