package snel.runtime.run;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import snel.runtime.checkpoint.Checkpoint;
import snel.runtime.checkpoint.Origin;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.Manifest;
import snel.runtime.record.ResultLine;
import snel.runtime.record.RunFolder;
import snel.runtime.record.RunKey;
import snel.runtime.report.RunReport;
import snel.runtime.schedule.ElementText;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Interrupted;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.NumberText;
import snel.runtime.schedule.ProtocolProblem;
import snel.runtime.schedule.Recording;
import snel.runtime.schedule.Results;
import snel.runtime.schedule.Script;

/// Runs one experiment in its folder, from the beginning or from a checkpoint.
public final class ExperimentRun {
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private static final String OVERFLOW =
      "has an exponential (`exp`, `expm1`, `exprel`) or a division overflowed? Bound it, as in `exp(min(v, V_peak) / D)`,"
          + " or take a shorter step";

  private static final String DIVERGED =
      "is the rate of learning too high? Lower it. If it is not, " + OVERFLOW;

  private final Task task;
  private final RunFolder folder;
  private final RunHost host;
  private final Machine machine;

  /// What is to be run.
  ///
  /// @param runs the folder that run folders lie in
  /// @param key of this run
  /// @param origin what checkpoints and the final state belong to
  /// @param inherited the state to start with, and what it belongs to
  /// @param resume whether to go on from a checkpoint, if there is one
  /// @param checkpointEveryMs of real time; 0 for the usual minute
  /// @param make a machine at the beginning of the experiment
  public record Task(
      Path runs,
      String experiment,
      RunKey key,
      Origin origin,
      Manifest manifest,
      NetworkView view,
      Optional<Inherited> inherited,
      boolean resume,
      long checkpointEveryMs,
      double compileMs,
      double buildMs,
      Surroundings surroundings,
      Watch watch,
      BiFunction<Host, Recording, Machine> make) {}

  /// The state that another experiment left.
  ///
  /// @param anew whether only what lasts is taken over
  public record Inherited(Path file, Origin origin, boolean anew) {}

  private ExperimentRun(Task task, RunFolder folder, SavedFiles saved, double ranMs) {
    this.task = task;
    this.folder = folder;
    long every =
        task.checkpointEveryMs() == 0 ? MINUTE_NANOS : task.checkpointEveryMs() * 1_000_000;
    this.host =
        new RunHost(folder, saved, task.origin(), task.surroundings(), task.watch(), every, ranMs);
    this.machine = task.make().apply(host, new FolderRecording(folder, task.view()));
  }

  /// Runs to the end. If it stops before, what there is so far is kept, and the outcome says why.
  public static Outcome run(Task task) {
    Path file =
        RunFolder.checkpointIn(RunFolder.pathOf(task.runs(), task.experiment(), task.key()));
    Optional<Checkpoint> checkpoint =
        task.resume() ? Checkpoint.readIfThere(file, task.origin()) : Optional.empty();
    return checkpoint.isPresent() ? goOn(task, checkpoint.get()) : begin(task);
  }

  private static Outcome begin(Task task) {
    try (RunFolder folder = RunFolder.begin(task.runs(), task.experiment(), task.key())) {
      folder.manifest(task.manifest());
      ExperimentRun run = new ExperimentRun(task, folder, new SavedFiles(folder), 0);
      task.inherited()
          .ifPresent(inherited ->
              Snapshots.inherit(
                  inherited.file(), inherited.origin(), inherited.anew(), run.machine));
      return run.toEnd();
    }
  }

  private static Outcome goOn(Task task, Checkpoint checkpoint) {
    try (RunFolder folder =
        RunFolder.resume(
            task.runs(), task.experiment(), task.key(), Snapshots.lengths(checkpoint))) {
      folder.manifest(task.manifest());
      SavedFiles saved = SavedFiles.asOf(folder, Snapshots.number(checkpoint));
      ExperimentRun run = new ExperimentRun(task, folder, saved, Snapshots.ranMs(checkpoint));
      Snapshots.restore(checkpoint, run.machine);
      return run.toEnd();
    }
  }

  private Outcome toEnd() {
    @Nullable RuntimeException stopped = null;
    ResultLine.State state = ResultLine.State.DONE;
    try {
      machine.run();
    } catch (Interrupted interrupted) {
      state = ResultLine.State.INTERRUPTED;
      stopped = interrupted;
    } catch (Fault fault) {
      state = ResultLine.State.FAILED;
      stopped = told(fault);
    } catch (ProtocolProblem | DataProblem problem) {
      state = ResultLine.State.FAILED;
      stopped = problem;
    }
    RunHost.Spent spent = host.spent();
    if (state == ResultLine.State.DONE) {
      Snapshots.leave(folder.stateFile(), task.origin(), machine);
    }
    ResultLine line = ResultLines.of(task, machine, state, spent);
    long step = machine.episodes().step();
    RunReport.write(
        folder,
        machine.results(),
        line,
        task.manifest().toMap(),
        task.view().time(step - machine.episodes().experimentSteps()),
        task.view().time(step));
    folder.finish(line);
    return new Outcome(
        line,
        machine.results(),
        folder.path(),
        task.view().network().stateHash(),
        stopped,
        machine.spot());
  }

  /// Names the neuron or synapse and the time.
  private ProtocolProblem told(Fault fault) {
    double time = task.view().time(machine.episodes().step());
    int number = (int) fault.element();
    String element = number < 0 ? "" : ElementText.of(task.view(), fault.place(), number);
    return new ProtocolProblem(
        fault.problem(),
        "`%s`%s: %s%s at %s ms (step %d)%s"
            .formatted(
                fault.place(),
                element,
                fault.words(),
                fault.isLate() ? ", at the latest" : "",
                NumberText.of(time),
                machine.episodes().step(),
                fault.problem() == ProblemKind.NOT_A_NUMBER ? "; " + advice() : ""));
  }

  private String advice() {
    return task.view().learning().trains() ? DIVERGED : OVERFLOW;
  }

  /// How a run ended.
  ///
  /// @param stateHash of the network (semantics.md §12)
  /// @param stopped why it ended before its end, if it did: [Interrupted] or a problem
  /// @param spot the statement at hand
  public record Outcome(
      ResultLine line,
      Results results,
      Path folder,
      long stateHash,
      @Nullable RuntimeException stopped,
      Script.Spot spot) {}
}
