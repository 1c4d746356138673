package snel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.compiler.Compiled;
import snel.compiler.CompiledSweep;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Plan;
import snel.runtime.checkpoint.Origin;
import snel.runtime.record.ResultLine;
import snel.runtime.record.RunKey;
import snel.runtime.run.Surroundings;

/// Runs experiments of one program: first what they build on, unless its result is stored.
final class Session {
  /// Points of a sweep that are kept compiled: each takes memory.
  private static final int MOST_AHEAD = 64;

  private final OpenProgram program;
  private final ProgramFiles files;
  private final Console console;
  private final Advice advice;
  private final DataSources data;
  private final Compilations compilations;
  private final StoredRuns stored;
  private final Execution execution;
  private final Map<String, FinishedRun> done = new LinkedHashMap<>();

  /// @param source the program's file, as the user named it
  /// @param advice what was told before
  Session(
      OpenProgram program,
      String source,
      ProgramFiles files,
      RunOptions run,
      Console console,
      Advice advice,
      StopSignal stop) {
    this.program = program;
    this.files = files;
    this.console = console;
    this.advice = advice;
    this.data = new DataSources(files);
    this.compilations = new Compilations(program, console);
    this.stored = new StoredRuns(run, console);
    this.execution = new Execution(source, files, run, console, advice, stop, data);
  }

  /// Runs an experiment, and before it those that it starts from; none of them if one is refused.
  FinishedRun experiment(String name, Options options) {
    requireRunnable(name);
    @Nullable FinishedRun base = null;
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
    return done.values().stream().map(FinishedRun::line).toList();
  }

  /// @param more whether others start from it
  private FinishedRun one(String name, Options options, @Nullable FinishedRun base, boolean more) {
    Compilations.Ready ready = compilations.now(name, options);
    advice.tell(ready.diagnostics());
    return compiled(ready.compiled(), base, options, ready.compileMs(), more);
  }

  /// Compiles experiments and those that they start from or take weights from, so that none of them
  /// runs where a later one is wrong.
  void prepare(Collection<String> names, Options options) {
    for (String name : names) {
      requireRunnable(name);
      for (String link : program.chain(name)) {
        compilations
            .ahead(link, options)
            .ifPresent(ready -> prepare(loadedFrom(ready.compiled().experiment()), options));
      }
    }
  }

  /// Compiles what a sweep runs with each of its values, the first of them if there are many, so
  /// that nothing runs where one of them is refused. What runs under a condition may be spared a
  /// value and is left to its turn.
  void prepare(Plan.Sweep sweep, Options options) {
    boolean[] chooses = {false};
    Parts.eachAction(sweep.body(), action -> chooses[0] |= action instanceof Action.If);
    if (!chooses[0]) {
      List<String> names = program.runBy(sweep.name());
      sweep.eachValue().stream()
          .limit(MOST_AHEAD)
          .forEach(point -> prepare(names, options.with(sweep.settings(point))));
    }
  }

  /// Runs what has been compiled.
  FinishedRun compiled(Compiled compiled, @Nullable FinishedRun base) {
    return compiled(compiled, base, Options.NONE, 0, false);
  }

  private FinishedRun compiled(
      Compiled compiled,
      @Nullable FinishedRun base,
      Options options,
      double compileMs,
      boolean more) {
    Map<String, String> checksums = new LinkedHashMap<>(data.checksums(compiled.dataSets()));
    checksums.putAll(data.checksums(compiled.experiment()));
    Map<String, Path> folders = new LinkedHashMap<>();
    if (base != null) {
      folders.put(base.line().experiment(), base.folder());
    }
    List<FinishedRun> loaded = new ArrayList<>();
    for (String other : loadedFrom(compiled.experiment())) {
      FinishedRun source = experiment(other, options);
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
  FinishedRun sweep(CompiledSweep sweep, Options options, String sourceText) {
    Experiment experiment = sweep.body().experiment();
    Map<String, String> facts = new LinkedHashMap<>(options.settings());
    facts.put("source", sourceText);
    facts.put("sweep", experiment.name());
    facts.put("seed", options.seed().toString());
    RunKey key = RunKey.of(facts);
    var points = new SweepPoints(this, sweep.sweep(), options, files);
    return keyed(sweep.body(), key, Map.of(), Earlier.NONE, 0, points, false);
  }

  private FinishedRun keyed(
      Compiled compiled,
      RunKey key,
      Map<String, String> checksums,
      Earlier earlier,
      double compileMs,
      Surroundings surroundings,
      boolean more) {
    Experiment experiment = compiled.experiment();
    String once = experiment.name() + key.text();
    FinishedRun before = done.get(once);
    if (before != null) {
      return before;
    }
    Origin origin =
        new Origin(Version.SEMANTICS, experiment.fingerprint(), experiment.name(), key.text());
    FinishedRun result =
        stored
            .find(experiment, key, origin, earlier)
            .orElseGet(() ->
                execution.run(
                    compiled, key, origin, checksums, earlier, compileMs, surroundings, more));
    done.put(once, result);
    return result;
  }

  private static RunKey key(
      Experiment experiment, Map<String, String> checksums, @Nullable FinishedRun base) {
    Map<String, String> facts = new LinkedHashMap<>(checksums);
    facts.put("semantics", String.valueOf(Version.SEMANTICS));
    facts.put("experiment", experiment.name());
    facts.put("source", experiment.fingerprint());
    facts.put("from", base == null ? "" : base.key().text());
    return RunKey.of(facts);
  }
}
