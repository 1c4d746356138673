package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Instance;
import snel.syntax.QualifiedName;
import snel.syntax.StateStatement;

/// `from` names an experiment (E0108, E0517) on the same network (E0520), and following it, and
/// `of:` of files that are loaded, never leads back (E0110).
final class FromChains {
  private record Start(@Nullable QualifiedName from, @Nullable Instance network, FileScope file) {}

  private FromChains() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    switch (declaration) {
      case Declaration.Experiment experiment -> {
        var start = new Start(experiment.from(), experiment.network(), file);
        boolean starts = origin(context, start);
        if (!cycle(context, experiment, file) && starts) {
          sameNetwork(context, start);
        }
      }
      case Declaration.Test test -> {
        var start = new Start(test.from(), test.network(), file);
        if (origin(context, start)) {
          sameNetwork(context, start);
        }
      }
      case Declaration.Deployment deployment ->
          origin(context, new Start(deployment.from(), deployment.network(), file));
      case Declaration.Neuron _, Declaration.Synapse _, Declaration.Network _ -> {}
      case Declaration.Data _, Declaration.Function _, Declaration.Sweep _ -> {}
      case snel.syntax.Let _ -> {}
    }
  }

  /// The experiment that a declaration starts from.
  static Optional<Entity.Declared> of(@Nullable QualifiedName from, FileScope file) {
    return from == null
        ? Optional.empty()
        : file.find(from)
            .flatMap(e ->
                e instanceof Entity.Declared declared
                        && declared.declaration() instanceof Declaration.Experiment
                    ? Optional.of(declared)
                    : Optional.empty());
  }

  private static boolean origin(Context context, Start start) {
    QualifiedName from = start.from();
    if (from == null || from.last().text().isEmpty()) {
      return false;
    }
    context.usage().readImport(start.file(), from.parts().getFirst().text());
    if (of(from, start.file()).isPresent()) {
      return true;
    }
    boolean exists = start.file().find(from).isPresent();
    List<String> known =
        start.file().names().stream()
            .filter(n -> start.file().find(n).filter(FromChains::isExperiment).isPresent())
            .toList();
    context.report(
        exists
            ? Diagnostic.of(
                Code.NOT_A_MODEL,
                "`" + from.text() + "` is no experiment",
                from.span(),
                "an experiment is wanted here")
            : Diagnostic.of(
                Code.UNKNOWN_NAME,
                "unknown experiment `" + from.text() + "`" + Nearest.hint(from.text(), known),
                from.span(),
                "not declared"));
    return false;
  }

  static boolean isExperiment(Entity entity) {
    return entity instanceof Entity.Declared declared
        && declared.declaration() instanceof Declaration.Experiment;
  }

  /// An experiment that another one wants to have run before.
  private record Wanted(Entity.Declared experiment, Span at) {
    Declaration.Experiment declaration() {
      return (Declaration.Experiment) experiment.declaration();
    }
  }

  /// What it starts from, and what left the files that it loads (`of:`).
  private static List<Wanted> wanted(Declaration.Experiment experiment, FileScope file) {
    List<Wanted> all = new ArrayList<>();
    QualifiedName from = experiment.from();
    if (from != null) {
      of(from, file).ifPresent(found -> all.add(new Wanted(found, from.span())));
    }
    Inside.statements(
        experiment.body(),
        statement -> {
          if (statement instanceof StateStatement.Load(Expression.Call call, _)) {
            call.arguments().stream()
                .filter(argument -> argument.name() != null && argument.name().text().equals("of"))
                .flatMap(argument -> named(argument.value(), file).stream())
                .forEach(all::add);
          }
        });
    return all;
  }

  private static Optional<Wanted> named(Expression of, FileScope file) {
    return of.ungrouped() instanceof Expression.Variable(var name, var span)
        ? file.find(name.text())
            .filter(FromChains::isExperiment)
            .map(found -> new Wanted((Entity.Declared) found, span))
        : Optional.empty();
  }

  private static boolean cycle(Context context, Declaration.Experiment experiment, FileScope file) {
    for (Wanted first : wanted(experiment, file)) {
      List<Declaration.Experiment> chain = new ArrayList<>(List.of(experiment));
      if (leads(first, experiment, chain)) {
        report(context, first, chain.stream().map(each -> each.name().text()).toList());
        return true;
      }
    }
    return false;
  }

  /// @param chain that led there; the way on to `end` is added to it, if there is one
  private static boolean leads(
      Wanted from, Declaration.Experiment end, List<Declaration.Experiment> chain) {
    Declaration.Experiment next = from.declaration();
    if (next == end) {
      return true;
    }
    if (chain.contains(next)) {
      return false;
    }
    chain.add(next);
    for (Wanted wanted : wanted(next, from.experiment().scope())) {
      if (leads(wanted, end, chain)) {
        return true;
      }
    }
    chain.removeLast();
    return false;
  }

  private static void report(Context context, Wanted first, List<String> names) {
    String message =
        names.size() == 1
            ? "`" + names.getFirst() + "` starts from itself"
            : Prose.codes(names) + " start from each other";
    var diagnostic = Diagnostic.of(Code.EXPERIMENT_CYCLE, message, first.at(), "leads back here");
    String cause = names.stream().sorted().collect(Collectors.joining(" "));
    context.diagnostics().reportOnce(List.of(Code.EXPERIMENT_CYCLE, cause), diagnostic);
  }

  private static void sameNetwork(Context context, Start start) {
    Instance own = start.network();
    Optional<Entity.Declared> origin = of(start.from(), start.file());
    if (own == null || origin.isEmpty()) {
      return;
    }
    var other = (Declaration.Experiment) origin.get().declaration();
    Optional<Entity> mine = start.file().find(own.model());
    Optional<Entity> theirs = origin.get().scope().find(other.network().model());
    if (mine.isEmpty() || theirs.isEmpty()) {
      return;
    }
    boolean same =
        mine.get() instanceof Entity.Declared(var a, var _)
            && theirs.get() instanceof Entity.Declared(var b, var _)
            && a == b
            && arguments(own).equals(arguments(other.network()));
    if (!same) {
      context.report(
          Diagnostic.of(
                  Code.OTHER_NETWORK,
                  "`" + other.name().text() + "` is not on the same network",
                  own.span(),
                  "this is `" + Wording.text(own.span()) + "`")
              .label(
                  other.network().span(),
                  "that is `" + Wording.text(other.network().span()) + "`"));
    }
  }

  private static List<String> arguments(Instance instance) {
    return instance.arguments().stream().map(a -> Wording.text(a.span())).sorted().toList();
  }
}
