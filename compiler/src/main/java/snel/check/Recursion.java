package snel.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.Expression;

/// A function does not call itself, directly or through others. E0117.
final class Recursion {
  private final Set<Declaration.Function> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Recursion() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    if (declaration instanceof Declaration.Function function
        && isIn(function, file)
        && isFirst(function, file)) {
      context.report(
          Diagnostic.of(
              Code.DEFINITION_CYCLE,
              "the function `" + function.name().text() + "` calls itself in the end",
              function.name().span(),
              "there is no recursion"));
    }
  }

  /// Whether the function calls itself, directly or through others.
  static boolean isIn(Declaration.Function function, FileScope file) {
    return reaches(function, function, file);
  }

  /// Whether no function before it goes round in the same circle, which is told of once.
  private static boolean isFirst(Declaration.Function function, FileScope file) {
    for (Declaration other : file.file().declarations()) {
      if (other == function) {
        return true;
      }
      if (other instanceof Declaration.Function earlier
          && reaches(earlier, function, file)
          && reaches(function, earlier, file)) {
        return false;
      }
    }
    return true;
  }

  private static boolean reaches(
      Declaration.Function from, Declaration.Function target, FileScope file) {
    return new Recursion().reaches(from, file, target);
  }

  private boolean reaches(Declaration.Function from, FileScope file, Declaration.Function target) {
    for (Entity.Declared called : calls(from, file)) {
      boolean found =
          called.declaration() == target
              || called.declaration() instanceof Declaration.Function next
                  && seen.add(next)
                  && reaches(next, called.scope(), target);
      if (found) {
        return true;
      }
    }
    return false;
  }

  private static List<Entity.Declared> calls(Declaration.Function function, FileScope file) {
    var called = new ArrayList<Entity.Declared>();
    Parts.each(
        function.body(),
        part -> {
          if (part instanceof Expression.Call(Expression.Variable(var name, _), _, _)) {
            file.function(name.text()).ifPresent(called::add);
          }
        });
    return called;
  }
}
