package snel.parse;

import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;

/// Reports what is no word of the language, and numbers followed by what is no unit; puts what was
/// probably meant in its place, so that the parser does not stumble over it again.
final class LexicalFaults {
  private final TokenList tokens;
  private final Diagnostics diagnostics;
  private final Respelling spelling;
  private final StrayCharacters strays;
  private final NumberFaults numbers;

  LexicalFaults(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.spelling = new Respelling(tokens, diagnostics);
    this.strays = new StrayCharacters(tokens, diagnostics);
    this.numbers = new NumberFaults(tokens, diagnostics);
  }

  void mend() {
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.type(i)) {
        case SnnLexer.STRAY -> i = strays.mend(i);
        case SnnLexer.OPEN_TEXT -> openText(i);
        case SnnLexer.BAR -> pair(i, SnnLexer.BAR, SnnLexer.OR, "or");
        case SnnLexer.STAR -> pair(i, SnnLexer.STAR, SnnLexer.CARET, "^");
        case SnnLexer.LESS -> pair(i, SnnLexer.GREATER, SnnLexer.NOT_EQUAL, "!=");
        case SnnLexer.COLON -> pair(i, SnnLexer.ASSIGN, SnnLexer.ASSIGN, "=");
        case SnnLexer.ASSIGN -> {
          if (isPair(i, SnnLexer.GREATER) && isBetweenEnds(i)) {
            pair(i, SnnLexer.GREATER, SnnLexer.ARROW, "->");
          } else {
            pair(i, SnnLexer.GREATER, SnnLexer.GREATER_OR_EQUAL, ">=");
          }
          pair(i, SnnLexer.PLUS, SnnLexer.PLUS_ASSIGN, "+=");
        }
        case SnnLexer.CLOSED_RANGE -> pair(i, SnnLexer.DOT, SnnLexer.CLOSED_RANGE, "..");
        case SnnLexer.DOT -> numbers.bareFraction(i);
        case SnnLexer.SLASH -> i = blockComment(i);
        case SnnLexer.NUMBER -> numbers.mend(i);
        default -> {}
      }
    }
  }

  private void openText(int i) {
    diagnostics.report(
        Diagnostic.of(Code.UNREADABLE_TEXT, "this text has no end on its line", tokens.span(i))
            .help("close it with `\"`"));
    String text = tokens.text(i);
    String whole = text.endsWith("\\") ? text.substring(0, text.length() - 1) : text;
    tokens.replace(i, i, SnnLexer.TEXT, whole + "\"");
  }

  /// Two signs that together are one in other languages.
  private void pair(int i, int second, int type, String instead) {
    if (isPair(i, second)) {
      spelling.mend(i, i + 1, type, instead);
    }
  }

  private boolean isPair(int i, int second) {
    return tokens.type(i + 1) == second && tokens.touchesNext(i);
  }

  /// Whether word `i` follows the sources of a `connect`.
  private boolean isBetweenEnds(int i) {
    for (int j = i - 1; j >= 0; j--) {
      switch (tokens.type(j)) {
        case SnnLexer.CONNECT -> {
          return true;
        }
        case SnnLexer.ARROW, SnnLexer.LBRACE, SnnLexer.RBRACE, SnnLexer.SEMI -> {
          return false;
        }
        default -> {}
      }
    }
    return false;
  }

  /// Returns the index of the last word that is settled.
  private int blockComment(int i) {
    if (tokens.type(i + 1) != SnnLexer.STAR || !tokens.touchesNext(i)) {
      return i;
    }
    diagnostics.report(
        Diagnostic.of(Code.UNREADABLE_TEXT, "`/*` begins no comment", tokens.span(i, i + 1))
            .help("write `//` before each line of it"));
    int last = i + 2;
    while (tokens.type(last) != Token.EOF && !endsBlockComment(last)) {
      last++;
    }
    tokens.remove(i, tokens.type(last) == Token.EOF ? i + 2 : last + 1);
    return i - 1;
  }

  private boolean endsBlockComment(int i) {
    return tokens.type(i) == SnnLexer.SLASH
        && tokens.type(i - 1) == SnnLexer.STAR
        && tokens.touchesNext(i - 1);
  }
}
