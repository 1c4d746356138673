package snel.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.compiler.Compiled;
import snel.compiler.MemoryNeed;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Duration;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.runtime.checkpoint.Origin;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.Failure;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.progress.Progress;
import snel.runtime.record.Manifest;
import snel.runtime.record.RunFolder;
import snel.runtime.record.RunKey;
import snel.runtime.run.ExperimentRun;
import snel.runtime.run.Surroundings;
import snel.runtime.run.Watch;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.runtime.schedule.NumberText;
import snel.runtime.schedule.ProtocolProblem;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.NetworkSeries;
import snel.target.jvm.protocol.ProtocolLinker;
import snel.target.jvm.protocol.ViewLinker;

/// Runs what has been compiled, and stores what comes of it.
final class Execution {
  private static final double MEMORY_SHARE = 0.9;

  private final String source;
  private final ProgramFiles files;
  private final RunOptions run;
  private final Console console;
  private final Advice advice;
  private final StopSignal stop;
  private final DataSources data;
  private final NetworkSeries networks;

  /// @param source the program's file, as the user named it
  Execution(
      String source,
      ProgramFiles files,
      RunOptions run,
      Console console,
      Advice advice,
      StopSignal stop,
      DataSources data) {
    this.source = source;
    this.files = files;
    this.run = run;
    this.console = console;
    this.advice = advice;
    this.stop = stop;
    this.data = data;
    this.networks = new NetworkSeries(new JvmTarget(JvmTarget.Code.ADAPTIVE, run.howMany()));
  }

  /// @param more whether others start from it
  FinishedRun run(
      Compiled compiled,
      RunKey key,
      Origin origin,
      Map<String, String> checksums,
      Earlier earlier,
      double compileMs,
      Surroundings surroundings,
      boolean more) {
    Experiment experiment = compiled.experiment();
    @Nullable FinishedRun base = earlier.base();
    checkMemory(compiled);
    readData(compiled);
    tellOfEmptyData(experiment);
    long began = System.nanoTime();
    Network network = built(compiled, more);
    NetworkView view = ViewLinker.link(compiled.program(), network);
    double buildMs = (System.nanoTime() - began) / 1e6;
    try (Shown watch = watch(experiment)) {
      ExperimentRun.Task task =
          new ExperimentRun.Task(
              run.out(),
              experiment.name(),
              key,
              origin,
              manifest(compiled, key, checksums),
              view,
              base == null
                  ? Optional.empty()
                  : Optional.of(
                      new ExperimentRun.Inherited(
                          RunFolder.stateIn(base.folder()), base.origin(), experiment.anew())),
              run.resume(),
              run.checkpointEveryMs(),
              compileMs,
              buildMs,
              surroundings,
              watch,
              (host, recording) ->
                  ProtocolLinker.machine(
                      experiment, compiled.program(), view, host, recording, run.howMany()));
      ExperimentRun.Outcome outcome = ExperimentRun.run(task);
      return new FinishedRun(
          outcome.folder(), key, origin, outcome.line(), false, outcome, earlier.all());
    }
  }

  private Network built(Compiled compiled, boolean more) {
    long steps = Duration.ofSteps(compiled.experiment().body(), data::size);
    try {
      return networks.next(compiled.program(), steps, more);
    } catch (Fault fault) {
      throw compiled
          .position(fault.place())
          .<Failure>map(position ->
              new ProtocolProblem(fault.problem(), position + ": " + fault.getMessage()))
          .orElse(fault);
    }
  }

  private Shown watch(Experiment experiment) {
    Watch watch =
        console.colours() && !console.json()
            ? Progress.on(
                console.err(), experiment.name(), experiment.stepMs(), 80, stop::isStopped)
            : Progress.silent(stop::isStopped);
    return new Shown(watch, advice);
  }

  /// Refuses a network that will not fit, before it takes the memory.
  private static void checkMemory(Compiled compiled) {
    long needed = MemoryNeed.bytes(compiled.program());
    long allowed = (long) (Runtime.getRuntime().maxMemory() * MEMORY_SHARE);
    if (needed > allowed) {
      throw new DataProblem(
          ProblemKind.TOO_LITTLE_MEMORY,
          "network `%s` needs %s; the Java machine may use %s (SNEL_JAVA_OPTIONS=-Xmx… gives it more)"
                  .formatted(compiled.network().name(), Bytes.words(needed), Bytes.words(allowed))
              + MemoryNeed.saving(compiled.program())
                  .map(
                      "; most of it is what `train by` writes down of each step: `%s` as an option of its method does with less"
                          ::formatted)
                  .orElse(""));
    }
  }

  /// Reads all data that the run will ask for: what is wrong with them is told before the first
  /// step.
  private void readData(Compiled compiled) {
    List<DataSet> dataSets = compiled.dataSets();
    if (dataSets.isEmpty()) {
      return;
    }
    double stepMs = compiled.experiment().stepMs();
    Machine reader = ProtocolLinker.idle(stepMs, new TranslationInputs(files, dataSets, stepMs));
    for (DataSet dataSet : dataSets) {
      try {
        data.open(dataSet, reader);
      } catch (DataProblem problem) {
        Place place = dataSet.place();
        throw new DataProblem(
            problem.problem(),
            "%s:%d: data `%s`: %s"
                .formatted(place.file(), place.line(), dataSet.name(), problem.getMessage()));
      }
    }
  }

  /// A loop over no samples does nothing, which is hardly meant.
  private void tellOfEmptyData(Experiment experiment) {
    Set<String> told = new HashSet<>();
    Parts.eachTerm(
        experiment,
        (term, place) ->
            empty(term)
                .filter(told::add)
                .ifPresent(what ->
                    advice.tell(
                        "%s:%d: %s no samples".formatted(place.file(), place.line(), what))));
  }

  private Optional<String> empty(Term term) {
    return switch (term) {
      case Term.Data of when data.size(of) == 0 ->
          Optional.of(
              "`%s` has"
                  .formatted(
                      of.split().isEmpty() ? of.dataSet() : of.dataSet() + "." + of.split()));
      case Term.Staged(_, Term.Stage stage, Term.Number(double left), _, _, _)
          when left == 0 && stage != Term.Stage.SHUFFLE ->
          Optional.of("`%s(0)` leaves".formatted(stage.name().toLowerCase(Locale.ROOT)));
      default -> Optional.empty();
    };
  }

  private Manifest manifest(Compiled compiled, RunKey key, Map<String, String> checksums) {
    Experiment experiment = compiled.experiment();
    Map<String, String> parameters = new LinkedHashMap<>();
    experiment.settings().forEach(setting -> parameters.put(setting.path(), setting.value()));
    return new Manifest(
        Version.TEXT,
        Version.SEMANTICS,
        experiment.name(),
        experiment.network(),
        source,
        experiment.fingerprint(),
        key.text(),
        Integer.toUnsignedLong(experiment.seed()),
        NumberText.of(experiment.stepMs()) + " ms",
        compiled.numerics(),
        compiled.level().word(),
        compiled.integrators(),
        parameters,
        checksums,
        run.command(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
