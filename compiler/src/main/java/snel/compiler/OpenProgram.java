package snel.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.check.Refusals;
import snel.check.SweepBodies;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Plan;
import snel.lower.Lowering;
import snel.lower.Needs;
import snel.lower.protocol.SweepLowering;
import snel.model.Network;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Loader;
import snel.syntax.Declaration;
import snel.units.Rational;

/// A source file that has been read and checked, with all it imports: what there is to run in it,
/// compiled when asked for.
public final class OpenProgram {
  private static final String BY_NAME = "By name only.";

  private final FileScope scope;
  private final Loader loader;
  private final Context.Files files;
  private final Map<String, Declaration.Experiment> experiments = new LinkedHashMap<>();
  private final Map<String, Declaration.Sweep> sweeps = new LinkedHashMap<>();
  private final List<Declaration.Test> tests = new ArrayList<>();

  OpenProgram(FileScope scope, Loader loader, Context.Files files) {
    this.scope = scope;
    this.loader = loader;
    this.files = files;
    for (Declaration declaration : scope.file().declarations()) {
      switch (declaration) {
        case Declaration.Experiment experiment ->
            experiments.putIfAbsent(experiment.name().text(), experiment);
        case Declaration.Sweep sweep -> sweeps.putIfAbsent(sweep.name().text(), sweep);
        case Declaration.Test test -> tests.add(test);
        case snel.syntax.Let _,
            Declaration.Function _,
            Declaration.Neuron _,
            Declaration.Synapse _,
            Declaration.Network _,
            Declaration.Data _,
            Declaration.Deployment _ -> {}
      }
    }
  }

  Loader loader() {
    return loader;
  }

  FileScope scope() {
    return scope;
  }

  Context.Files files() {
    return files;
  }

  /// For what is lowered only to see what it needs: what is wrong with it is told when it is
  /// compiled itself.
  Context silent(Rational step, Settings settings) {
    return new Context(step, new Diagnostics(), files, new SeededDraws(settings.seed()));
  }

  /// Names of the experiments, in the order of the text.
  public List<String> experiments() {
    return List.copyOf(experiments.keySet());
  }

  public List<String> sweeps() {
    return List.copyOf(sweeps.keySet());
  }

  /// The experiments that a sweep runs, but for those that others of them start from.
  public List<String> runBy(String sweep) {
    Declaration.Sweep declaration = sweeps.get(sweep);
    Set<String> used = declaration == null ? Set.of() : SweepBodies.used(declaration, experiments);
    return used.stream()
        .filter(name ->
            used.stream().noneMatch(other -> !other.equals(name) && chain(other).contains(name)))
        .toList();
  }

  List<Declaration.Test> testDeclarations() {
    return tests;
  }

  public List<String> tests() {
    return tests.stream().map(TestCompiler::title).toList();
  }

  /// What is run when nothing is named: the experiments that no other starts from, but for those
  /// whose documentation, or that of one they build on, says "By name only."
  public List<String> usualExperiments() {
    return finalExperiments().stream()
        .filter(name ->
            Chain.of(name, experiments, new Diagnostics()).links().stream()
                .noneMatch(link -> link.documentation().contains(BY_NAME)))
        .toList();
  }

  /// The experiments that no other starts from.
  public List<String> finalExperiments() {
    Set<String> bases = new LinkedHashSet<>();
    experiments
        .values()
        .forEach(experiment -> {
          if (experiment.from() != null) {
            bases.add(experiment.from().text());
          }
        });
    return experiments.keySet().stream().filter(name -> !bases.contains(name)).toList();
  }

  /// Whether another experiment starts from this one.
  boolean isBase(String name) {
    return experiments.values().stream()
            .anyMatch(other -> other.from() != null && other.from().text().equals(name))
        || tests.stream().anyMatch(test -> test.from() != null && test.from().text().equals(name));
  }

  /// The experiments that `name` builds on, the first one first, itself last.
  public List<String> chain(String name) {
    return Chain.of(name, experiments, new Diagnostics()).names();
  }

  /// Why an experiment cannot be run though it is right: it or one that it starts from trains.
  public Optional<Diagnostic> refusal(String name) {
    return Chain.of(name, experiments, new Diagnostics()).links().stream()
        .flatMap(link -> Refusals.training(link).stream())
        .findFirst();
  }

  /// Compiles an experiment; empty if it has errors, which are reported.
  public Optional<Compiled> experiment(String name, Options options, Diagnostics diagnostics) {
    return experiment(name, options, Pipeline.forRuns(), diagnostics);
  }

  /// The same through a pipeline that somebody watches.
  public Optional<Compiled> experiment(
      String name, Options options, Pipeline pipeline, Diagnostics diagnostics) {
    Chain chain = Chain.of(name, experiments, diagnostics);
    if (chain.isBroken()) {
      return Optional.empty();
    }
    Optional<Diagnostic> refusal = refusal(name);
    if (refusal.isPresent()) {
      diagnostics.report(refusal.get());
      return Optional.empty();
    }
    return compiled(chain, options, pipeline, diagnostics);
  }

  /// Reports everything that is wrong with an experiment, also with one that this version refuses
  /// to run.
  void check(String name, Options options, Diagnostics diagnostics) {
    Diagnostics own = new Diagnostics();
    Chain chain = Chain.of(name, experiments, own);
    if (!chain.isBroken()) {
      compiled(chain, options, Pipeline.forRuns(), own);
    }
    boolean trains = refusal(name).isPresent();
    diagnostics.reportAll(
        own.sorted().stream()
            .filter(found -> !(trains && found.code() == Code.TRAINING_UNAVAILABLE))
            .toList());
  }

  private Optional<Compiled> compiled(
      Chain chain, Options options, Pipeline pipeline, Diagnostics diagnostics) {
    return new ExperimentCompiler(this, pipeline, diagnostics)
        .compile(chain, values(options, diagnostics));
  }

  /// Compiles the body of a sweep; its points are compiled one by one, as experiments with
  /// settings.
  public Optional<CompiledSweep> sweep(String name, Options options, Diagnostics diagnostics) {
    Declaration.Sweep sweep = sweeps.get(name);
    if (sweep == null) {
      return Optional.empty();
    }
    Context context = new Context(Rational.ONE, diagnostics, files);
    Settings settings =
        new Settings(0, Network.Numerics.F64, values(options, diagnostics), Set.of());
    Elaborated nothing =
        new NetworkElaborator(context, settings).elaborate(List.of(), Env.of(scope));
    Map<String, Map<String, Action.Item>> reports = new HashMap<>();
    Optional<Plan.Sweep> lowered =
        SweepLowering.lower(
            sweep,
            scope,
            nothing,
            context,
            settings,
            (experiment, point) ->
                reports.computeIfAbsent(experiment, e -> reported(e, options.with(point))));
    lowered.ifPresent(plan -> checkAxes(plan, sweep, diagnostics));
    return diagnostics.hasErrors()
        ? Optional.empty()
        : lowered.map(plan -> new CompiledSweep(plan, asExperiment(plan, nothing)));
  }

  /// The setting, if there is one, that gives an experiment a seed although the options have one
  /// for all.
  public Optional<String> seedSetTwice(Options options) {
    return options.seed().isPresent()
        ? new OpenSettings(scope, new Diagnostics()).seedAmong(options.settings().keySet())
        : Optional.empty();
  }

  /// What a sweep varies although options set it, as `Owner.name`.
  public List<String> variedAndSet(String name, Options options) {
    Declaration.Sweep sweep = sweeps.get(name);
    if (sweep == null) {
      return List.of();
    }
    var settings = new OpenSettings(scope, new Diagnostics());
    Set<String> set = settings.values(options.settings(), options.seed(), files).keySet();
    return sweep.axes().stream()
        .flatMap(axis -> settings.path(axis.parameter().span().text().strip()).stream())
        .filter(set::contains)
        .toList();
  }

  /// What an experiment reports, by name; nothing if it has errors, which are told when it is run.
  private Map<String, Action.Item> reported(String experiment, Options options) {
    Map<String, Action.Item> items = new HashMap<>();
    experiment(experiment, options, new Diagnostics())
        .ifPresent(compiled ->
            Parts.eachAction(
                compiled.experiment().body(),
                action -> {
                  if (action instanceof Action.Report report) {
                    report
                        .items()
                        .forEach(
                            item -> item.knownName().ifPresent(known -> items.put(known, item)));
                  }
                }));
    return items;
  }

  /// Reports everything that is wrong with a sweep, its values where they are used included.
  void checkSweep(String name, Options options, Diagnostics diagnostics) {
    Declaration.Sweep sweep = sweeps.get(name);
    Diagnostics own = new Diagnostics();
    Optional<CompiledSweep> compiled = sweep(name, options, own);
    if (sweep != null && compiled.isPresent() && !own.hasErrors()) {
      new SweepValues(this, options, own).check(sweep, compiled.get().sweep());
    }
    diagnostics.reportAll(own.sorted());
  }

  private static Compiled asExperiment(Plan.Sweep sweep, Elaborated nothing) {
    Experiment experiment =
        new Experiment(
            sweep.name(),
            "",
            sweep.name(),
            Optional.empty(),
            false,
            0,
            1,
            sweep.slots(),
            sweep.body(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            sweep.place());
    return new Compiled(
        experiment,
        Lowering.lower(nothing.network(), Needs.NONE),
        nothing.network(),
        Needs.NONE,
        List.of());
  }

  private void checkAxes(Plan.Sweep plan, Declaration.Sweep sweep, Diagnostics diagnostics) {
    var settings = new OpenSettings(scope, new Diagnostics());
    for (int k = 0; k < plan.axes().size(); k++) {
      String path = plan.axes().get(k).path();
      if (settings.values(Map.of(path, "1"), java.util.OptionalInt.empty(), files).isEmpty()) {
        diagnostics.report(
            Diagnostic.of(
                Code.UNKNOWN_SETTING,
                "`" + path + "` is no parameter of a network or experiment",
                sweep.axes().get(k).parameter().span()));
      }
    }
  }

  /// Compiles every test.
  public List<CompiledTest> compiledTests(Options options, Diagnostics diagnostics) {
    TestCompiler compiler = new TestCompiler(this, diagnostics);
    Map<String, Val> values = values(options, diagnostics);
    return tests.stream().map(test -> compiler.compile(test, values)).toList();
  }

  /// Reports what is wrong with settings: names, units, ranges.
  public void check(Options options, Diagnostics diagnostics) {
    new WrittenSettings(this, options, diagnostics).check();
  }

  Map<String, Val> values(Options options, Diagnostics diagnostics) {
    return new OpenSettings(scope, diagnostics).values(options.settings(), options.seed(), files);
  }

  Map<String, Declaration.Experiment> experimentDeclarations() {
    return experiments;
  }

  Optional<Entity.Declared> network(snel.syntax.QualifiedName name, Diagnostics diagnostics) {
    Optional<Entity> found = scope.find(name);
    if (found.isPresent()
        && found.get() instanceof Entity.Declared declared
        && declared.declaration() instanceof Declaration.Network) {
      return Optional.of(declared);
    }
    diagnostics.report(
        Diagnostic.of(
            found.isEmpty() ? Code.UNKNOWN_NAME : Code.NOT_A_MODEL,
            found.isEmpty()
                ? "unknown network `"
                    + name.text()
                    + "`"
                    + snel.diagnostics.Nearest.hint(name.text(), scope.names())
                : "`" + name.text() + "` is no network",
            name.span()));
    return Optional.empty();
  }
}
