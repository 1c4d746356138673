package snel.parse;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;

/// `a mod b` and `a div b`, as other languages have them.
final class DivisionWords {
  private DivisionWords() {}

  static boolean isOne(String word) {
    return word.equals("mod") || word.equals("div");
  }

  /// @param whole whether the two are all that is divided, so that it can be written as a call
  static Diagnostic told(String a, String word, String b, Span span, boolean whole) {
    boolean rest = word.equals("mod");
    String told = rest ? "a remainder is `mod(a, b)`" : "a whole quotient is `floor(a / b)`";
    String right = rest ? "mod(" + a + ", " + b + ")" : "floor(" + a + " / " + b + ")";
    Diagnostic diagnostic = Diagnostic.of(Code.UNEXPECTED_TEXT, told, span);
    return whole ? diagnostic.fix("write `" + right + "`", span, right) : diagnostic;
  }
}
