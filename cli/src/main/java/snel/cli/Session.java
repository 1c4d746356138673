package snel.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.compiler.Compiled;
import snel.compiler.CompiledSweep;
import snel.compiler.MemoryNeed;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.protocol.Action;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Duration;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.runtime.checkpoint.Origin;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.Network;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.progress.Progress;
import snel.runtime.record.Manifest;
import snel.runtime.record.ResultLine;
import snel.runtime.record.RunFolder;
import snel.runtime.record.RunKey;
import snel.runtime.run.ExperimentRun;
import snel.runtime.run.Surroundings;
import snel.runtime.run.Watch;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.NetworkSeries;
import snel.target.jvm.protocol.ProtocolLinker;
import snel.target.jvm.protocol.ViewLinker;

/// Runs experiments of one program: first what they build on, unless its result is stored.
final class Session {
  private static final double MEMORY_SHARE = 0.9;

  private final OpenProgram program;
  private final String source;
  private final ProgramFiles files;
  private final RunOptions run;
  private final Console console;
  private final Advice advice;
  private final StopSignal stop;
  private final DataSources data;
  private final NetworkSeries networks;
  private final Map<Wanted, Prepared> prepared = new HashMap<>();
  private final Map<String, Done> done = new LinkedHashMap<>();

  /// @param source the program's file, as the user named it
  Session(
      OpenProgram program,
      String source,
      ProgramFiles files,
      RunOptions run,
      Console console,
      StopSignal stop) {
    this.program = program;
    this.source = source;
    this.files = files;
    this.run = run;
    this.console = console;
    this.advice = new Advice(console);
    this.stop = stop;
    this.data = new DataSources(files);
    this.networks = new NetworkSeries(new JvmTarget(JvmTarget.Code.ADAPTIVE, run.howMany()));
  }

  /// A run that is over, now or earlier.
  ///
  /// @param stored whether its result was there already
  /// @param earlier the runs that it started or took weights from
  record Done(
      Path folder,
      RunKey key,
      Origin origin,
      ResultLine line,
      boolean stored,
      ExperimentRun.@Nullable Outcome outcome,
      List<Done> earlier) {
    Done {
      earlier = List.copyOf(earlier);
    }

    boolean isStopped() {
      return outcome != null && outcome.stopped() != null;
    }

    /// This run; what stopped it is thrown, if anything did.
    Done whole() {
      if (outcome != null && outcome.stopped() != null) {
        throw outcome.stopped();
      }
      return this;
    }

    /// All runs that it rests on, the first one first, and last itself.
    Stream<Done> withEarlier() {
      return Stream.concat(earlier.stream().flatMap(Done::withEarlier), Stream.of(this));
    }
  }

  private record Wanted(String experiment, Options options) {}

  /// @param diagnostics what was found doubtful
  private record Prepared(Compiled compiled, Diagnostics diagnostics, double compileMs) {}

  /// What a run rests on.
  ///
  /// @param base what it starts from
  /// @param loaded what it takes weights from
  private record Earlier(@Nullable Done base, List<Done> loaded) {
    static final Earlier NONE = new Earlier(null, List.of());

    List<Done> all() {
      return Stream.concat(Stream.ofNullable(base), loaded.stream()).toList();
    }
  }

  /// Runs an experiment, and before it those that it starts from; none of them if one is refused.
  Done experiment(String name, Options options) {
    requireRunnable(name);
    @Nullable Done base = null;
    List<String> chain = program.chain(name);
    for (String link : chain) {
      base = one(link, options, base, !link.equals(chain.getLast()));
      if (base.isStopped()) {
        return base;
      }
    }
    if (base == null) {
      throw new IllegalStateException("nothing to run: " + name);
    }
    return base;
  }

  private void requireRunnable(String name) {
    program
        .refusal(name)
        .ifPresent(refusal -> {
          Diagnostics diagnostics = new Diagnostics();
          diagnostics.report(refusal);
          console.show(diagnostics);
          throw new WrongProgram();
        });
  }

  /// What all experiments so far came to, those that others took weights from or start from before
  /// them.
  List<ResultLine> lines() {
    return done.values().stream().map(Done::line).toList();
  }

  /// @param more whether others start from it
  private Done one(String name, Options options, @Nullable Done base, boolean more) {
    @Nullable Prepared known = prepared.remove(new Wanted(name, options));
    Prepared ready = known == null ? prepared(name, options) : known;
    advice.tell(ready.diagnostics);
    return compiled(ready.compiled, base, options, ready.compileMs, more);
  }

  /// Compiles experiments and those that they start from or take weights from, so that none of them
  /// runs where a later one is wrong.
  void prepare(Collection<String> names, Options options) {
    for (String name : names) {
      requireRunnable(name);
      for (String link : program.chain(name)) {
        var wanted = new Wanted(link, options);
        if (!prepared.containsKey(wanted)) {
          Prepared ready = prepared(link, options);
          prepared.put(wanted, ready);
          prepare(loadedFrom(ready.compiled.experiment()), options);
        }
      }
    }
  }

  private Prepared prepared(String name, Options options) {
    long began = System.nanoTime();
    Diagnostics diagnostics = new Diagnostics();
    Optional<Compiled> compiled = program.experiment(name, options, diagnostics);
    if (compiled.isEmpty()) {
      console.show(diagnostics);
      throw new WrongProgram();
    }
    return new Prepared(compiled.get(), diagnostics, millis(began));
  }

  /// Runs what has been compiled.
  Done compiled(Compiled compiled, @Nullable Done base, Options options, double compileMs) {
    return compiled(compiled, base, options, compileMs, false);
  }

  private Done compiled(
      Compiled compiled, @Nullable Done base, Options options, double compileMs, boolean more) {
    Map<String, String> checksums = new LinkedHashMap<>(data.checksums(compiled.dataSets()));
    checksums.putAll(data.checksums(compiled.experiment()));
    Map<String, Path> folders = new LinkedHashMap<>();
    if (base != null) {
      folders.put(base.line().experiment(), base.folder());
    }
    List<Done> loaded = new ArrayList<>();
    for (String other : loadedFrom(compiled.experiment())) {
      Done source = experiment(other, options);
      if (source.isStopped()) {
        return source;
      }
      loaded.add(source);
      folders.put(other, source.folder());
      checksums.put("load of " + other, source.key().text());
    }
    RunKey key = key(compiled.experiment(), checksums, base);
    Surroundings plain = new PlainSurroundings(files, data, compiled.dataSets(), folders);
    return keyed(compiled, key, checksums, new Earlier(base, loaded), compileMs, plain, more);
  }

  /// Experiments on other networks whose weights an experiment takes: they run first.
  private static Set<String> loadedFrom(Experiment experiment) {
    Set<String> names = new LinkedHashSet<>();
    Parts.eachAction(
        experiment.body(),
        action -> {
          if (action instanceof Action.Convert(var conversion, _)) {
            conversion.of().ifPresent(names::add);
          }
        });
    return names;
  }

  /// Runs a sweep: its experiments point by point.
  Done sweep(CompiledSweep sweep, Options options, String sourceText) {
    Experiment experiment = sweep.body().experiment();
    Map<String, String> facts = new LinkedHashMap<>(options.settings());
    facts.put("source", sourceText);
    facts.put("sweep", experiment.name());
    facts.put("seed", options.seed().toString());
    RunKey key = RunKey.of(facts);
    var points = new SweepPoints(this, sweep.sweep(), options, files);
    return keyed(sweep.body(), key, Map.of(), Earlier.NONE, 0, points, false);
  }

  private Done keyed(
      Compiled compiled,
      RunKey key,
      Map<String, String> checksums,
      Earlier earlier,
      double compileMs,
      Surroundings surroundings,
      boolean more) {
    Experiment experiment = compiled.experiment();
    String once = experiment.name() + key.text();
    Done before = done.get(once);
    if (before != null) {
      return before;
    }
    Origin origin =
        new Origin(Version.SEMANTICS, experiment.fingerprint(), experiment.name(), key.text());
    Done result =
        stored(experiment, key, origin, earlier)
            .orElseGet(() ->
                run(compiled, key, origin, checksums, earlier, compileMs, surroundings, more));
    done.put(once, result);
    return result;
  }

  private Optional<Done> stored(Experiment experiment, RunKey key, Origin origin, Earlier earlier) {
    if (run.fresh()) {
      return Optional.empty();
    }
    Path folder = RunFolder.pathOf(run.out(), experiment.name(), key);
    return readable(experiment, key, folder)
        .map(line -> new Done(folder, key, origin, line, true, null, earlier.all()));
  }

  /// A result that was damaged since it was stored can be had again.
  private Optional<ResultLine> readable(Experiment experiment, RunKey key, Path folder) {
    try {
      Optional<ResultLine> line = RunFolder.stored(run.out(), experiment.name(), key);
      line.ifPresent(_ -> repeatNotices(folder));
      return line;
    } catch (DataProblem damaged) {
      console.warn(
          "%s; it counts as not stored: `%s` runs anew"
              .formatted(damaged.getMessage(), experiment.name()));
      return Optional.empty();
    }
  }

  private void repeatNotices(Path folder) {
    for (String notice : RunFolder.notices(folder)) {
      console.warn(notice + " (told by the run whose result is stored)");
    }
  }

  private static RunKey key(
      Experiment experiment, Map<String, String> checksums, @Nullable Done base) {
    Map<String, String> facts = new LinkedHashMap<>(checksums);
    facts.put("semantics", String.valueOf(Version.SEMANTICS));
    facts.put("experiment", experiment.name());
    facts.put("source", experiment.fingerprint());
    facts.put("from", base == null ? "" : base.key().text());
    return RunKey.of(facts);
  }

  private Done run(
      Compiled compiled,
      RunKey key,
      Origin origin,
      Map<String, String> checksums,
      Earlier earlier,
      double compileMs,
      Surroundings surroundings,
      boolean more) {
    Experiment experiment = compiled.experiment();
    @Nullable Done base = earlier.base();
    checkMemory(compiled);
    readData(compiled);
    long began = System.nanoTime();
    Network network =
        networks.next(compiled.program(), Duration.ofSteps(experiment.body(), data::size), more);
    NetworkView view = ViewLinker.link(compiled.program(), network);
    double buildMs = millis(began);
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
      return new Done(outcome.folder(), key, origin, outcome.line(), false, outcome, earlier.all());
    }
  }

  private Shown watch(Experiment experiment) {
    Watch watch =
        console.colours() && !console.json()
            ? Progress.on(
                console.err(), experiment.name(), experiment.stepMs(), 100, stop::isStopped)
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
              .formatted(compiled.network().name(), Bytes.words(needed), Bytes.words(allowed)));
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
        experiment.stepMs() + " ms",
        compiled.numerics(),
        compiled.level().word(),
        compiled.integrators(),
        parameters,
        checksums,
        run.command(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }
}
