package snel.check;

import org.jspecify.annotations.Nullable;
import snel.syntax.Expression;
import snel.types.DimensionTerm;
import snel.types.Type;

/// The type of a declaration: as written, else that of its default.
final class Typing {
  private Typing() {}

  /// @param name what `like NAME` calls it
  static Type of(
      Context context,
      Scope scope,
      snel.syntax.@Nullable Type written,
      @Nullable Expression value,
      String name) {
    if (written != null) {
      return WrittenTypes.read(context, scope, written, name);
    }
    return value == null ? Type.UNKNOWN : settled(context, context.in(scope).resolved(value));
  }

  /// A whole number without a written type is a plain one, and so is `0`.
  static Type settled(Context context, Type type) {
    Type found = context.resolved(type);
    if (found instanceof Type.Int) {
      return Type.PLAIN;
    }
    if (Wording.fitsAll(found)) {
      found.numberDimension().ifPresent(d -> context.unification().unify(d, DimensionTerm.PLAIN));
      return context.resolved(found);
    }
    return found;
  }

  /// A `let` keeps whole numbers that are no literals whole.
  static Type ofLet(Context context, Scope scope, snel.syntax.Let let) {
    if (let.type() != null) {
      return WrittenTypes.read(context, scope, let.type(), let.name().text());
    }
    Type type = context.in(scope).resolved(let.value());
    boolean counted =
        type instanceof Type.Int && Constants.SURE.value(let.value(), scope).isEmpty();
    return counted ? type : settled(context, type);
  }
}
