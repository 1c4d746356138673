package snel.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.OutcomeStatement;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;

/// A sweep runs experiments and looks at their results; it has no network of its own, and varies
/// what those experiments use. E0113, E0512, W0818, W0822.
public final class SweepBodies {
  /// Figures that grow with each point.
  private static final Set<String> GROWING = Set.of("curve", "heat_map", "table", "over_time");

  private final Context context;

  private SweepBodies(Context context) {
    this.context = context;
  }

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Sweep sweep) {
      var check = new SweepBodies(context);
      check.axes(sweep);
      Map<String, Declaration.Experiment> experiments = experiments(file);
      check.effects(sweep, file, experiments);
      check.reports(sweep, experiments);
    }
  }

  private static Map<String, Declaration.Experiment> experiments(FileScope file) {
    Map<String, Declaration.Experiment> experiments = new HashMap<>();
    for (Declaration declaration : file.file().declarations()) {
      if (declaration instanceof Declaration.Experiment experiment) {
        experiments.put(experiment.name().text(), experiment);
      }
    }
    return experiments;
  }

  /// The statements that may stand in a sweep; the others are reported.
  static List<Statement> sound(Context context, Declaration.Sweep sweep) {
    var sound = new ArrayList<Statement>();
    for (Statement statement : sweep.body()) {
      String what = ofExperiments(statement);
      if (what.isEmpty()) {
        sound.add(statement);
      } else {
        context.report(
            Diagnostic.of(
                    Code.MISPLACED_STATEMENT,
                    what + " belongs in an experiment: a sweep runs experiments",
                    statement.span())
                .help("write it in an experiment, and `run` that here"));
      }
    }
    return sound;
  }

  /// What a statement is called that needs a network; empty if it may stand in a sweep.
  private static String ofExperiments(Statement statement) {
    return switch (statement) {
      case Statement.Step _ -> "`step`";
      case Statement.Seed _ -> "`seed`";
      case Statement.Numerics _ -> "`numerics`";
      case Statement.PreciseSpikeTimes _ -> "`spike times precise`";
      case ModelItem.Parameters _ -> "`param`";
      case Statement.Present _ -> "`present`";
      case Statement.Rest _ -> "`rest`";
      case Statement.Send _ -> "`send`";
      case Statement.Do _ -> "`do`";
      case Statement.Run(var what, _, _) ->
          what.ungrouped() instanceof Expression.Quantity ? "a `run` of some time" : "";
      case OutcomeStatement.Recording _ -> "`record`";
      case OutcomeStatement.Fit _ -> "`fit`";
      case OutcomeStatement.Score _ -> "`score`";
      case TrainingStatement _ -> "training";
      case StateStatement.Freeze _, StateStatement.Unfreeze _ -> "`freeze`";
      case StateStatement.Reset _ -> "`reset`";
      case StateStatement.Checkpoint _, StateStatement.Save _, StateStatement.Load _ -> "";
      case OutcomeStatement.Report _, OutcomeStatement.Expect _ -> "";
      case ControlStatement _, Statement.Var _, Let _, Assign _ -> "";
    };
  }

  private void axes(Declaration.Sweep sweep) {
    Map<String, Span> seen = new HashMap<>();
    for (Declaration.Axis axis : sweep.axes()) {
      String path = Wording.text(axis.parameter().span());
      Span earlier = seen.putIfAbsent(path, axis.parameter().span());
      if (earlier != null) {
        context.report(
            Diagnostic.of(
                    Code.TWO_RULES_FOR_ONE,
                    "the sweep varies `" + path + "` twice",
                    axis.parameter().span())
                .label(earlier, "here already")
                .help("put all values into one list"));
      }
    }
  }

  private void effects(
      Declaration.Sweep sweep, FileScope file, Map<String, Declaration.Experiment> experiments) {
    Set<String> networks = new LinkedHashSet<>();
    for (Declaration declaration : file.file().declarations()) {
      if (declaration instanceof Declaration.Network network) {
        networks.add(network.name().text());
      }
    }
    Set<String> used = used(sweep, experiments);
    if (used.isEmpty()) {
      boolean[] runs = {false};
      Inside.statements(sweep.body(), statement -> runs[0] |= statement instanceof Statement.Run);
      if (runs[0]) {
        return; // of something unknown, which is told elsewhere
      }
      context.report(
          Diagnostic.of(
                  Code.SWEEP_WITHOUT_EFFECT,
                  "the sweep `" + sweep.name().text() + "` runs no experiment",
                  sweep.name().span())
              .help("write `run` and the name of one"));
      return;
    }
    for (Declaration.Axis axis : sweep.axes()) {
      String path = Wording.text(axis.parameter().span());
      String owner = path.substring(0, Math.max(0, path.indexOf('.')));
      boolean idle =
          experiments.containsKey(owner) && !used.contains(owner)
              || networks.contains(owner)
                  && used.stream().noneMatch(name -> isOn(experiments.get(name), owner))
                  && !hasParts(file);
      if (idle) {
        context.report(
            Diagnostic.of(
                    Code.SWEEP_WITHOUT_EFFECT,
                    "nothing that the sweep runs uses `" + path + "`",
                    axis.parameter().span())
                .note("it runs " + Prose.codes(List.copyOf(used))));
      }
    }
  }

  /// A result that each point reports anew is in the end that of the last.
  private void reports(Declaration.Sweep sweep, Map<String, Declaration.Experiment> experiments) {
    for (Statement statement : sweep.body()) {
      if (!(statement instanceof OutcomeStatement.Report(var items, _))) {
        continue;
      }
      for (OutcomeStatement.Reported item : items) {
        if (!grows(item.value()) && Parts.any(item.value(), part -> isOneOf(experiments, part))) {
          onlyTheLast(item, sweep);
        }
      }
    }
  }

  private void onlyTheLast(OutcomeStatement.Reported item, Declaration.Sweep sweep) {
    String text = Wording.text(item.value().span());
    List<String> columns = new ArrayList<>();
    sweep.axes().forEach(axis -> columns.add(Wording.text(axis.parameter().span())));
    columns.add(text);
    context.report(
        Diagnostic.of(
                Code.REPORTED_TWICE,
                "each point of the sweep reports `" + text + "`, and the last replaces the others",
                item.span(),
                "that of the last point")
            .help("write `report table(" + String.join(", ", columns) + ")` to see all of them"));
  }

  private static boolean grows(Expression value) {
    return value.ungrouped() instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && GROWING.contains(name.text());
  }

  private static boolean isOneOf(
      Map<String, Declaration.Experiment> experiments, Expression expression) {
    return expression instanceof Expression.Variable(var name, _)
        && experiments.containsKey(name.text());
  }

  /// The experiments that a sweep runs or asks for results, and those that they start from.
  public static Set<String> used(
      Declaration.Sweep sweep, Map<String, Declaration.Experiment> experiments) {
    Set<String> used = new LinkedHashSet<>();
    for (Expression expression : Inside.items(sweep.body())) {
      Parts.each(
          expression,
          part -> {
            if (part instanceof Expression.Variable(var name, _)) {
              String link = name.text();
              Declaration.Experiment experiment = experiments.get(link);
              while (experiment != null && used.add(link)) {
                link = experiment.from() == null ? "" : experiment.from().text();
                experiment = experiments.get(link);
              }
            }
          });
    }
    return used;
  }

  private static boolean isOn(Declaration.@Nullable Experiment experiment, String network) {
    return experiment != null && experiment.network().model().text().equals(network);
  }

  /// Networks within networks: which of them an experiment runs is not told by its head.
  private static boolean hasParts(FileScope file) {
    return file.file().declarations().stream()
        .anyMatch(declaration ->
            declaration instanceof Declaration.Network network
                && network.items().stream()
                    .anyMatch(item -> item instanceof snel.syntax.NetworkItem.Part));
  }
}
