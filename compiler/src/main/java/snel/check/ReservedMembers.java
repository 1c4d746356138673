package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.model.Population;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Name;
import snel.syntax.NeuronItem;

/// What every neuron has cannot be declared anew. E0506.
final class ReservedMembers {
  private ReservedMembers() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Neuron neuron) {
      neuron.items().forEach(item -> item(context, item));
    }
  }

  private static void item(Context context, NeuronItem item) {
    switch (item) {
      case ModelItem.Parameters(var bindings, _, _) ->
          bindings.forEach(b -> name(context, b.name()));
      case ModelItem.States(_, _, var bindings, _, _) ->
          bindings.forEach(b -> name(context, b.name()));
      case ModelItem.Input input -> name(context, input.name());
      case ModelItem.Noise(_, var names, _, _) -> names.forEach(n -> name(context, n));
      case Let let -> name(context, let.name());
      case NeuronItem.UserEvent event -> name(context, event.name());
      default -> {}
    }
  }

  private static void name(Context context, Name name) {
    if (Population.MEMBERS.contains(name.text())) {
      context.report(
          Diagnostic.of(
              Code.RESERVED_MEMBER,
              "`" + name.text() + "` is what every neuron has: choose another name",
              name.span(),
              "has a meaning already"));
    }
  }
}
