package snel.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.syntax.Declaration;
import snel.syntax.Name;
import snel.syntax.QualifiedName;

/// What a model `extends`. A model that extends itself is E0117, one that is not there E0108, one
/// of another kind E0517.
final class Ancestors {
  private Ancestors() {}

  static Optional<Entity.Declared> of(
      Context context, @Nullable QualifiedName name, Declaration child, FileScope file) {
    if (name == null || name.parts().getFirst().text().isEmpty()) {
      return Optional.empty();
    }
    context.usage().readImport(file, name.parts().getFirst().text());
    Optional<Entity> found = file.find(name);
    if (found.isEmpty()) {
      Name last = name.last();
      context.report(
          Diagnostic.of(
              Code.UNKNOWN_NAME,
              "unknown model `" + name.text() + "`" + Nearest.hint(last.text(), file.names()),
              name.span(),
              "not declared"));
      return Optional.empty();
    }
    if (!(found.get() instanceof Entity.Declared parent)
        || parent.declaration().getClass() != child.getClass()) {
      String kind = child instanceof Declaration.Neuron ? "neuron" : "synapse";
      context.report(
          Diagnostic.of(
              Code.NOT_A_MODEL,
              "`" + name.text() + "` is no " + kind,
              name.span(),
              "a " + kind + " is wanted here"));
      return Optional.empty();
    }
    if (leadsTo(parent, child, 0)) {
      context
          .diagnostics()
          .reportOnce(
              List.of(Code.DEFINITION_CYCLE, child.span()),
              Diagnostic.of(
                  Code.DEFINITION_CYCLE,
                  "`" + name.text() + "` extends itself in the end",
                  name.span(),
                  "leads back here"));
      return Optional.empty();
    }
    Library.name(parent.declaration()).ifPresent(n -> context.usage().readAt(n.span()));
    return Optional.of(parent);
  }

  private static boolean leadsTo(Entity.Declared from, Declaration target, int depth) {
    if (from.declaration() == target || depth > 100) {
      return true;
    }
    QualifiedName next =
        switch (from.declaration()) {
          case Declaration.Neuron neuron -> neuron.parent();
          case Declaration.Synapse synapse -> synapse.parent();
          default -> null;
        };
    return next != null
        && from.scope().find(next).filter(e -> e instanceof Entity.Declared).isPresent()
        && leadsTo((Entity.Declared) from.scope().find(next).orElseThrow(), target, depth + 1);
  }
}
