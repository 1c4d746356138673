package snel.parse;

import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.source.Span;

/// Reports words that are written otherwise in the language, and writes them so.
final class Respelling {
  private final TokenList tokens;
  private final Diagnostics diagnostics;

  Respelling(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  /// @param first, last the words that `instead` stands for
  void mend(int first, int last, int type, String instead) {
    Span span = tokens.span(first, last);
    String written = tokens.source(first, last);
    diagnostics.report(
        Diagnostic.of(Code.UNREADABLE_TEXT, "`" + written + "` is written `" + instead + "`", span)
            .fix("write `" + instead + "`", span, instead));
    tokens.replace(first, last, type, instead);
  }
}
