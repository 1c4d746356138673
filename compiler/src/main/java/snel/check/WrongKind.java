package snel.check;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.types.Type;

/// Something of quite another kind stands where a value is wanted. E0217.
final class WrongKind {
  private WrongKind() {}

  /// @param wanted "a number", "a population"
  static Type report(Context context, Type found, Span at, String wanted) {
    if (Wording.isOpen(found)) {
      return Type.UNKNOWN;
    }
    var diagnostic =
        Diagnostic.of(
            Code.WRONG_KIND,
            wanted + " is wanted here, but `" + Wording.text(at) + "` is " + described(found),
            at,
            "this is " + described(found));
    return context.faulty(
        found instanceof Things.Cells
            ? diagnostic.help(
                "`size("
                    + Wording.text(at)
                    + ")` is its number of neurons, `count("
                    + Wording.text(at)
                    + ")` that of its spikes")
            : diagnostic);
  }

  static String described(Type type) {
    if (Wording.fitsAll(type)) {
      return "a number";
    }
    return type.single() instanceof Type.Bool ? "true or false" : Wording.described(type);
  }
}
