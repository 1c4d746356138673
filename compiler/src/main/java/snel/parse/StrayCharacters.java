package snel.parse;

import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;

/// Reports characters that are none of the language, such as typographic signs and foreign letters.
final class StrayCharacters {
  private final TokenList tokens;
  private final Diagnostics diagnostics;
  private final Respelling spelling;

  StrayCharacters(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.spelling = new Respelling(tokens, diagnostics);
  }

  /// Returns the index of the last word that is settled.
  int mend(int i) {
    String character = tokens.text(i);
    char c = character.charAt(0);
    Characters.Substitute sign = Characters.sign(c);
    String letter = Characters.letter(c);
    boolean joins = i > 0 && tokens.touchesNext(i - 1);
    if (sign != null) {
      int last = c == '&' && tokens.isStray(i + 1, '&') && tokens.touchesNext(i) ? i + 1 : i;
      spelling.mend(i, last, sign.type(), sign.text());
      return i;
    }
    if (letter != null) {
      boolean continues = tokens.touchesNext(i) && tokens.isWord(i + 1);
      int first = joins && tokens.isWord(i - 1) ? i - 1 : i;
      int last = continues ? i + 1 : i;
      String name =
          (first < i ? tokens.text(first) : "") + letter + (continues ? tokens.text(last) : "");
      spelling.mend(first, last, SnnLexer.NAME, name);
      return first;
    }
    int quoted = closingQuote(i);
    if (quoted > i) {
      String inside = tokens.source(i, quoted);
      String text = "\"" + inside.substring(1, inside.length() - 1) + "\"";
      spelling.mend(i, quoted, SnnLexer.TEXT, text);
      return i;
    }
    int last = i;
    while (tokens.type(last + 1) == SnnLexer.STRAY && tokens.touchesNext(last)) {
      last++;
    }
    String all = tokens.source(i, last);
    String shown = Characters.shown(last == i || Character.isSurrogate(c) ? all : character);
    diagnostics.report(
        advised(
            Diagnostic.of(
                Code.UNREADABLE_TEXT,
                shown + " is no character of the language",
                tokens.span(i, last)),
            c));
    while (c == '#' && tokens.type(last + 1) != Token.EOF && !tokens.beginsLine(last + 1)) {
      last++;
    }
    tokens.remove(i, last + 1);
    return i - 1;
  }

  /// The word with the other quotation mark of a text in typographic ones; -1 if this is none.
  private int closingQuote(int i) {
    boolean opens = "\u201C\u201E\u201F\u00AB\u2018\u201A`".indexOf(tokens.text(i).charAt(0)) >= 0;
    for (int j = i + 1; opens && tokens.type(j) != Token.EOF && !tokens.beginsLine(j); j++) {
      char c = tokens.text(j).charAt(0);
      if (tokens.type(j) == SnnLexer.STRAY && "\u201D\u201C\u00BB\u2019\u2018`".indexOf(c) >= 0) {
        return j;
      }
    }
    return -1;
  }

  private static Diagnostic advised(Diagnostic diagnostic, char c) {
    String help =
        switch (c) {
          case '#' -> "a comment begins with `//`";
          case '\u201C', '\u201D', '\u201E', '\u2018', '`' -> "a text stands between two `\"`";
          case '%' -> "for a percentage write a blank before it, `5 %`; a remainder is `mod(a, b)`";
          case '~', '\u2248' -> "nearly equal is written `expect x == 3 Hz within 5 %`";
          case '\u00B1' -> "a tolerance is written `expect x == a within b`";
          case '?' -> "a choice is written `if c then a else b`";
          case '\u00B2' -> "a square is written `^2`";
          case '\u00B3' -> "a cube is written `^3`";
          case '\u00A0' -> "put an ordinary blank in its place";
          default -> "";
        };
    return help.isEmpty() ? diagnostic : diagnostic.help(help);
  }
}
