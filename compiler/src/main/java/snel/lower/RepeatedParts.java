package snel.lower;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import snel.math.Expr;
import snel.math.Kind;
import snel.math.Sharing;
import snel.math.Walk;

/// Which parts of a long expression are computed once for all the places that they stand in.
final class RepeatedParts {
  private RepeatedParts() {}

  /// The parts, by identity. Fixed-point numbers are not among them: each of their products may be
  /// rounded by a random word of its own.
  static Set<Expr> of(Expr expression) {
    Set<Expr> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    parts.addAll(Sharing.repeated(expression));
    if (!parts.isEmpty()) {
      Set<Expr> unconditional = Sharing.unconditional(expression);
      parts.removeIf(part -> !unconditional.contains(part) && mayFail(part));
      parts.removeIf(part -> Kinds.of(part).filter(k -> !(k instanceof Kind.Fixed)).isEmpty());
    }
    return parts;
  }

  /// Whether there may be no value: whole numbers overflow, and lists have ends.
  private static boolean mayFail(Expr part) {
    return Walk.any(
        part,
        e ->
            switch (e) {
              case Expr.Element _, Expr.Table _, Expr.OverAll _, Expr.OverPeers _ -> true;
              case Expr.Ref ref -> ref.kind() instanceof Kind.Int;
              default -> false;
            });
  }
}
