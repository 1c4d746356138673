package snel.check;

import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;
import snel.syntax.Name;

/// `numerics` takes a number type and whether bits may differ. E0121.
final class NumericsWords {
  private static final List<String> WORDS = List.of("f32", "f64", "strict", "fast");

  private NumericsWords() {}

  static void check(Context context, List<Name> choices) {
    for (Name choice : choices) {
      if (!choice.text().isEmpty() && !WORDS.contains(choice.text())) {
        context.report(
            Diagnostic.of(
                    Code.UNKNOWN_OPTION,
                    "no numerics are called `"
                        + choice.text()
                        + "`"
                        + Nearest.hint(choice.text(), WORDS),
                    choice.span(),
                    "not known")
                .note("there are " + Prose.codes(WORDS)));
      }
    }
  }
}
