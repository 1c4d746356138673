package snel.parse;

import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// `expect x == a +- b`, which would be read as `a + (-b)`, and its other spellings.
final class Tolerances {
  private final TokenList tokens;
  private final Diagnostics diagnostics;

  Tolerances(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  void mend() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.type(i) == SnnLexer.EXPECT && beginsStatement(i)) {
        mendStatement(i + 1);
      }
    }
  }

  private boolean beginsStatement(int i) {
    if (tokens.beginsLine(i)) {
      return true;
    }
    int before = tokens.type(i - 1);
    return before == SnnLexer.SEMI || before == SnnLexer.LBRACE || before == SnnLexer.RBRACE;
  }

  private void mendStatement(int first) {
    boolean compared = false;
    for (int i = first; !ends(i); i++) {
      int end = compared ? endOfSign(i) : i;
      if (end > i) {
        Span span = tokens.span(i, end - 1);
        diagnostics.report(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT, "a tolerance is written `expect x == a within b`", span)
                .fix("write `within`", span, "within"));
        tokens.replace(i, end - 1, SnnLexer.WITHIN, "within");
        return;
      }
      compared |= tokens.type(i) == SnnLexer.EQUAL;
    }
  }

  private boolean ends(int i) {
    return switch (tokens.type(i)) {
      case SnnLexer.SEMI, SnnLexer.RBRACE, Token.EOF -> true;
      default -> tokens.beginsLine(i);
    };
  }

  /// Behind `+-`, `+/-` or the one character for it, if it begins at word `i`; else `i`.
  private int endOfSign(int i) {
    if (tokens.type(i) == SnnLexer.STRAY && tokens.text(i).equals("\u00B1")) {
      return i + 1;
    }
    if (tokens.type(i) != SnnLexer.PLUS || !tokens.touchesNext(i)) {
      return i;
    }
    int minus = tokens.type(i + 1) == SnnLexer.SLASH && tokens.touchesNext(i + 1) ? i + 2 : i + 1;
    return tokens.type(minus) == SnnLexer.MINUS ? minus + 1 : i;
  }
}
