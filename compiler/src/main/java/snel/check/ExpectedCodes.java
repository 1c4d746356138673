package snel.check;

import java.util.Arrays;
import java.util.List;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Nearest;
import snel.syntax.TestItem;

/// `expect error CODE` names a code that there is. E0121.
final class ExpectedCodes {
  private static final List<String> CODES = Arrays.stream(Code.values()).map(Code::id).toList();

  private ExpectedCodes() {}

  static void check(Context context, TestItem.ExpectError expected) {
    String code = expected.code().text();
    if (CODES.contains(code) || code.isEmpty()) {
      return;
    }
    context.report(
        Diagnostic.of(
                Code.UNKNOWN_OPTION,
                "no fault has the code `" + code + "`" + Nearest.hint(code, CODES),
                expected.code().span(),
                "no code")
            .help("run `snel check` on the declarations by themselves: it says the code"));
  }
}
