package snel.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.Node;

/// Noise stands in equations alone; its value at an instant has no meaning. E0518.
final class NoisePlaces {
  private NoisePlaces() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    List<? extends Node> items = Inside.model(declaration);
    Set<String> noisy = new HashSet<>();
    for (Node item : items) {
      if (item instanceof ModelItem.Noise(_, var names, _, _)) {
        names.forEach(name -> noisy.add(name.text()));
      }
    }
    if (noisy.isEmpty()) {
      return;
    }
    spread(items, noisy);
    for (Node item : items) {
      if (!(item instanceof ModelItem.Equation || item instanceof Let)) {
        Inside.item(item).forEach(e -> inspect(context, e, noisy));
      }
    }
  }

  /// A `let` that is made of noise is noise.
  private static void spread(List<? extends Node> items, Set<String> noisy) {
    int before;
    do {
      before = noisy.size();
      for (Node item : items) {
        if (item instanceof Let let && mentions(let.value(), noisy)) {
          noisy.add(let.name().text());
        }
      }
    } while (noisy.size() > before);
  }

  private static boolean mentions(Expression expression, Set<String> names) {
    return expression instanceof Expression.Variable(var name, _) && names.contains(name.text())
        || Parts.of(expression).stream().anyMatch(part -> mentions(part, names));
  }

  private static void inspect(Context context, Expression expression, Set<String> noisy) {
    Parts.each(
        expression,
        part -> {
          if (part instanceof Expression.Variable(var name, var span)
              && noisy.contains(name.text())) {
            context.report(
                Diagnostic.of(
                        Code.NOISE_MISPLACED,
                        "the noise `" + name.text() + "` has no value at an instant",
                        span,
                        "noise stands in equations only")
                    .help("for a single random number write `normal(…)` in a handler"));
          }
        });
  }
}
