package snel.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Argument;
import snel.syntax.Assign;
import snel.syntax.Binding;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;

/// A parameter of a network that the network was built with is not assigned afterwards. W0819.
final class LateAssignments {
  private final Context context;

  /// The bindings of the network's parameters.
  private final Map<String, Binding> parameters = new LinkedHashMap<>();

  /// What the network is built of.
  private final List<NetworkItem> built;

  private LateAssignments(Context context, Declaration.Network network) {
    this.context = context;
    this.built =
        network.items().stream().filter(item -> !(item instanceof NetworkItem.Protocol)).toList();
    for (NetworkItem item : network.items()) {
      if (item instanceof ModelItem.Parameters(var bindings, _, _)) {
        bindings.forEach(b -> parameters.put(b.name().text(), b));
      }
    }
  }

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Experiment experiment) {
      network(file, experiment)
          .map(network -> new LateAssignments(context, network))
          .ifPresent(late ->
              Inside.statements(
                  experiment.body(),
                  statement -> {
                    if (statement instanceof Assign assign) {
                      late.check(assign);
                    }
                  }));
    }
  }

  private static Optional<Declaration.Network> network(
      FileScope file, Declaration.Experiment experiment) {
    return file.find(experiment.network().model())
        .flatMap(entity ->
            entity instanceof Entity.Declared(Declaration.Network network, _)
                ? Optional.of(network)
                : Optional.empty());
  }

  private void check(Assign assign) {
    if (!(assign.target() instanceof Expression.Variable(var name, var span))
        || !parameters.containsKey(name.text())
        || !isBuiltIn(name.text())) {
      return;
    }
    Binding parameter = parameters.get(name.text());
    Diagnostic late =
        Diagnostic.of(
            Code.LATE_ASSIGNMENT,
            "the network was built with `" + name.text() + "`; assigning it changes nothing there",
            span,
            "too late");
    Diagnostic labelled = Context.labelled(late, parameter.name().span(), "declared here");
    List<String> taken = built.stream().flatMap(item -> taken(item, name.text()).stream()).toList();
    context.report(
        labelled.help(
            taken.isEmpty()
                ? "give the value to the network: `experiment … on Net(" + name.text() + ": …)`"
                : "assign what took it: " + Prose.codes(taken)));
  }

  private boolean isBuiltIn(String name) {
    return Inside.items(built).stream()
        .anyMatch(expression -> Parts.any(expression, part -> isName(part, name)));
  }

  private static boolean isName(Expression expression, String name) {
    return expression instanceof Expression.Variable(var found, _) && found.text().equals(name);
  }

  /// What holds the parameter's value under a name of its own: `A.I` of `population A : Lif(I: I)`.
  private static List<String> taken(NetworkItem item, String name) {
    return item instanceof NetworkItem.Population population
        ? population.model().arguments().stream()
            .filter(a -> a.name() != null && isName(a.value(), name))
            .map(a -> population.name().name().text() + "." + argument(a))
            .toList()
        : List.of();
  }

  private static String argument(Argument argument) {
    return argument.name() == null ? "" : argument.name().text();
  }
}
