package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Prose;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.Pattern;
import snel.types.Extent;
import snel.types.Type;

/// What a `for` binds on each turn.
final class Loops {
  private Loops() {}

  /// Declares the names of `pattern` in `inner`; the values are looked up in `outer`.
  static void declare(
      Context context, Scope inner, Pattern pattern, Expression values, Scope outer) {
    switch (pattern) {
      case Pattern.One(var name, _) ->
          Names.declare(
              context,
              inner,
              Symbol.lazy(
                  name, Role.LOOP, Optional.empty(), self -> element(context, values, outer)));
      case Pattern.Several(var names, _) -> {
        for (int k = 0; k < names.size(); k++) {
          int at = k;
          Names.declare(
              context,
              inner,
              Symbol.lazy(
                  names.get(k),
                  Role.LOOP,
                  Optional.empty(),
                  self -> part(context, names, at, values, outer)));
        }
      }
    }
  }

  /// Says what is wrong with the values, whether or not the names are used.
  static void check(Context context, Pattern pattern, Expression values, Scope outer) {
    Type element = element(context, values, outer);
    if (values instanceof Expression.Range(var lower, var upper, _, _)) {
      whole(context, lower, outer);
      whole(context, upper, outer);
    }
    if (pattern instanceof Pattern.Several(var names, var span)
        && !Wording.isOpen(element)
        && !(element instanceof Type.Tuple(var parts) && parts.size() == names.size())) {
      String found =
          element instanceof Type.Tuple(var parts)
              ? "a tuple of " + parts.size()
              : WrongKind.described(element);
      Diagnostic unlike =
          Diagnostic.of(
                  Code.WRONG_KIND,
                  Prose.counted(names.size(), "name")
                      + " want a tuple of "
                      + names.size()
                      + ", but each turn gives "
                      + found,
                  span,
                  Prose.counted(names.size(), "name"))
              .label(values.span(), "each is " + found);
      context.report(
          element instanceof Type.Sample(var fields) && !fields.isEmpty()
              ? unlike.help(
                  "write `for sample in …`, whose fields are `sample."
                      + fields.keySet().iterator().next()
                      + "` and so on")
              : unlike);
    }
  }

  /// Constants at the ends of a range are whole.
  private static void whole(Context context, Expression end, Scope outer) {
    Constants.BY_DEFAULT
        .value(end, outer)
        .filter(value -> !value.isWhole())
        .ifPresent(_ ->
            context.report(
                Diagnostic.of(
                    Code.WHOLE_NUMBER_WANTED,
                    "a loop goes from one whole number to another",
                    end.span(),
                    "not a whole number")));
  }

  private static Type part(
      Context context, List<Name> names, int at, Expression values, Scope outer) {
    Type element = context.resolved(element(context.silent(), values, outer));
    return element instanceof Type.Tuple(var parts) && parts.size() == names.size()
        ? Typing.settled(context, parts.get(at))
        : Type.UNKNOWN;
  }

  private static Type element(Context context, Expression values, Scope outer) {
    Type type = context.in(outer).resolved(values);
    return switch (type) {
      case Things.Interval(var of) -> whole(context, of);
      case Type.Sequence(var of) -> of;
      case Type.Stream(var of) -> of;
      case Things.Dataset(_, var sample) -> sample;
      case Type.Array(var of, var shape) -> row(of, shape);
      case Type.Unknown() -> type;
      default -> Wording.isOpen(type) ? Type.UNKNOWN : oneValue(context, type, values.span());
    };
  }

  /// `for k in 5`, which others count to.
  private static Type oneValue(Context context, Type type, Span values) {
    String wanted = "a list, a range or samples";
    if (!Wording.isPlain(type)) {
      return WrongKind.report(context, type, values, wanted);
    }
    String range = "1 .. " + values.text();
    return context.faulty(
        Diagnostic.of(
                Code.WRONG_KIND,
                wanted + " is wanted here, but `" + Wording.text(values) + "` is one value",
                values,
                "this is " + WrongKind.described(type))
            .fix("write `" + range + "`", values, range));
  }

  private static Type whole(Context context, Type of) {
    return of.single() instanceof Type.Int || Wording.fitsAll(of)
        ? Type.INT
        : Typing.settled(context, of);
  }

  private static Type row(Type of, List<Extent> shape) {
    if (shape.isEmpty()) {
      return of;
    }
    return shape.size() == 1 ? of : new Type.Array(of, shape.subList(1, shape.size()));
  }
}
