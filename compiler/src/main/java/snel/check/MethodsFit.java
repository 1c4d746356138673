package snel.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.Node;

/// `exact` wants equations that are linear with constant coefficients, `exponential_euler` one that
/// is linear in its own variable. E0514.
final class MethodsFit {
  private MethodsFit() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    switch (declaration) {
      case Declaration.Neuron neuron ->
          items(context, neuron.items(), context.models().neuron(neuron, file).scope());
      case Declaration.Synapse synapse ->
          items(context, synapse.items(), context.models().synapse(synapse, file).scope());
      case Declaration.Network network ->
          items(context, network.items(), context.models().network(network, file).scope());
      case Declaration.Experiment _, Declaration.Test _, Declaration.Sweep _ -> {}
      case Declaration.Data _, Declaration.Function _, Declaration.Deployment _, Let _ -> {}
    }
  }

  private static void items(Context context, List<? extends Node> items, Scope scope) {
    Set<String> states = new HashSet<>();
    for (Node item : items) {
      if (item instanceof ModelItem.Equation equation) {
        states.add(equation.variable().text());
      }
    }
    for (Node item : items) {
      if (item instanceof ModelItem.Integrate integrate) {
        String method = integrate.method().name().text();
        for (Name variable : integrate.variables()) {
          equation(items, variable)
              .ifPresent(e -> method(context, scope, integrate, method, e, states));
        }
      }
    }
  }

  private static Optional<ModelItem.Equation> equation(List<? extends Node> items, Name variable) {
    return items.stream()
        .filter(
            i -> i instanceof ModelItem.Equation e && e.variable().text().equals(variable.text()))
        .map(i -> (ModelItem.Equation) i)
        .findFirst();
  }

  private static void method(
      Context context,
      Scope scope,
      ModelItem.Integrate integrate,
      String method,
      ModelItem.Equation equation,
      Set<String> states) {
    String variable = equation.variable().text();
    Set<String> joint =
        method.equals("exact")
            ? integrate.variables().stream()
                .map(Name::text)
                .filter(states::contains)
                .collect(Collectors.toSet())
            : Set.of(variable);
    if (method.equals("exact")) {
      Degrees.Degree degree = new Degrees(scope, joint).of(equation.value());
      degree
          .place()
          .ifPresent(place ->
              report(
                  context,
                  integrate,
                  place,
                  "`exact` wants a linear equation with constant coefficients, but `"
                      + variable
                      + "'` has `"
                      + Wording.text(place.span())
                      + "`"));
    } else if (method.equals("exponential_euler")) {
      Degrees.Degree degree = new Degrees(scope, joint).of(equation.value());
      degree
          .place()
          .filter(place -> mentionsTwice(scope, variable, place))
          .ifPresent(place ->
              report(
                  context,
                  integrate,
                  place,
                  "`exponential_euler` wants an equation that is linear in `"
                      + variable
                      + "`, but it has `"
                      + Wording.text(place.span())
                      + "`"));
    }
  }

  /// A product with other variables is linear all the same.
  private static boolean mentionsTwice(Scope scope, String variable, Expression place) {
    if (place instanceof Expression.Binary binary) {
      var degrees = new Degrees(scope, Set.of(variable));
      int left = degrees.of(binary.left()).value();
      int right = degrees.of(binary.right()).value();
      boolean product =
          binary.operator() == snel.syntax.BinaryOperator.TIMES
              || binary.operator() == snel.syntax.BinaryOperator.DIVIDE && right == 0;
      return !product || left > 0 && right > 0;
    }
    return true;
  }

  private static void report(
      Context context, ModelItem.Integrate integrate, Expression place, String message) {
    context.report(
        Diagnostic.of(Code.METHOD_UNFIT, message, integrate.method().span(), "does not fit")
            .label(place.span(), "this is not linear")
            .help(
                "write `by rk4`, or leave the line out: the compiler takes the best method that"
                    + " fits"));
  }
}
