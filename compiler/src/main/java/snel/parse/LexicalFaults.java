package snel.parse;

import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// Reports what is no word of the language, and numbers followed by what is no unit; puts what was
/// probably meant in its place, so that the parser does not stumble over it again.
final class LexicalFaults {
  private final TokenList tokens;
  private final Diagnostics diagnostics;

  LexicalFaults(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  void mend() {
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.type(i)) {
        case SnnLexer.STRAY -> i = stray(i);
        case SnnLexer.OPEN_TEXT -> openText(i);
        case SnnLexer.BAR -> pair(i, SnnLexer.BAR, SnnLexer.OR, "or");
        case SnnLexer.STAR -> pair(i, SnnLexer.STAR, SnnLexer.CARET, "^");
        case SnnLexer.LESS -> pair(i, SnnLexer.GREATER, SnnLexer.NOT_EQUAL, "!=");
        case SnnLexer.COLON -> pair(i, SnnLexer.ASSIGN, SnnLexer.ASSIGN, "=");
        case SnnLexer.ASSIGN -> {
          if (isBetweenEnds(i)) {
            pair(i, SnnLexer.GREATER, SnnLexer.ARROW, "->");
          } else {
            pair(i, SnnLexer.GREATER, SnnLexer.GREATER_OR_EQUAL, ">=");
          }
          pair(i, SnnLexer.PLUS, SnnLexer.PLUS_ASSIGN, "+=");
        }
        case SnnLexer.CLOSED_RANGE -> pair(i, SnnLexer.DOT, SnnLexer.CLOSED_RANGE, "..");
        case SnnLexer.DOT -> bareFraction(i);
        case SnnLexer.SLASH -> i = blockComment(i);
        case SnnLexer.NUMBER -> number(i);
        default -> {}
      }
    }
  }

  /// Returns the index of the last word that is settled.
  private int stray(int i) {
    String character = tokens.text(i);
    char c = character.charAt(0);
    Characters.Substitute sign = Characters.sign(c);
    String letter = Characters.letter(c);
    boolean joins = i > 0 && tokens.touchesNext(i - 1);
    if (sign != null) {
      int last = c == '&' && isStray(i + 1, '&') && tokens.touchesNext(i) ? i + 1 : i;
      report(i, last, sign.text());
      tokens.replace(i, last, sign.type(), sign.text());
      return i;
    }
    if (letter != null) {
      boolean continues = tokens.touchesNext(i) && isWord(i + 1);
      int first = joins && isWord(i - 1) ? i - 1 : i;
      int last = continues ? i + 1 : i;
      String name =
          (first < i ? tokens.text(first) : "") + letter + (continues ? tokens.text(last) : "");
      report(first, last, name);
      tokens.replace(first, last, SnnLexer.NAME, name);
      return first;
    }
    int quoted = closingQuote(i);
    if (quoted > i) {
      String inside = tokens.source(i, quoted);
      String text = "\"" + inside.substring(1, inside.length() - 1) + "\"";
      report(i, quoted, text);
      tokens.replace(i, quoted, SnnLexer.TEXT, text);
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

  private void report(int first, int last, String instead) {
    Span span = tokens.span(first, last);
    String written = tokens.source(first, last);
    diagnostics.report(
        Diagnostic.of(Code.UNREADABLE_TEXT, "`" + written + "` is written `" + instead + "`", span)
            .fix("write `" + instead + "`", span, instead));
  }

  private boolean isStray(int i, char c) {
    return tokens.type(i) == SnnLexer.STRAY && tokens.text(i).charAt(0) == c;
  }

  /// Whether word `i` looks like a name, whatever else it is.
  private boolean isWord(int i) {
    if (tokens.type(i) == Token.EOF) {
      return false;
    }
    char c = tokens.text(i).charAt(0);
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
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
    if (tokens.type(i + 1) == second && tokens.touchesNext(i)) {
      report(i, i + 1, instead);
      tokens.replace(i, i + 1, type, instead);
    }
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

  /// `.5`.
  private void bareFraction(int i) {
    int next = tokens.type(i + 1);
    boolean number = next == SnnLexer.NUMBER || next == SnnLexer.QUANTITY;
    boolean member = i > 0 && tokens.touchesNext(i - 1);
    if (number && !member && tokens.touchesNext(i)) {
      String whole = "0." + tokens.text(i + 1);
      report(i, i + 1, whole);
      tokens.replace(i, i + 1, next, whole);
    }
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

  private void number(int i) {
    int next = i + 1;
    if (tokens.type(next) == Token.EOF || tokens.beginsLine(next)) {
      return;
    }
    if (tokens.touchesNext(i)) {
      joined(i);
    } else if (isStray(next, '%') || unitCharacter(next) != null) {
      mendUnitCharacter(i);
    } else if (tokens.type(next) == SnnLexer.NAME && !beginsStatement(next)) {
      unknownUnit(i);
    }
  }

  /// `20mV`, `5%`, `1.`, `0x1F`.
  private void joined(int i) {
    int next = i + 1;
    if (isStray(next, '%')) {
      separate(i, next, "%");
    } else if (unitCharacter(next) != null) {
      mendUnitCharacter(i);
    } else if (isWord(next)) {
      String unit = unitAt(rest(next));
      if (unit != null) {
        separate(i, lastWithin(next, unit.length()), unit);
      } else {
        garbled(i, next, "is neither a number nor a name");
      }
    } else if (tokens.type(next) == SnnLexer.DOT
        && !(isWord(next + 1) && tokens.touchesNext(next))) {
      int after = tokens.type(next + 1);
      boolean digits = after == SnnLexer.NUMBER || after == SnnLexer.QUANTITY;
      int last = digits && tokens.touchesNext(next) ? next + 1 : next;
      garbled(
          i, last, last == next ? "is no number: digits must follow the point" : "is no number");
    }
  }

  private void garbled(int first, int last, String what) {
    Span span = tokens.span(first, last);
    String written = tokens.source(first, last);
    diagnostics.report(Diagnostic.of(Code.UNREADABLE_TEXT, "`" + written + "` " + what, span));
    tokens.replace(first, last, SnnLexer.NUMBER, tokens.text(first));
  }

  private void separate(int number, int last, String unit) {
    Span span = tokens.span(number, last);
    String whole = tokens.text(number) + " " + unit;
    diagnostics.report(
        Diagnostic.of(
                Code.UNKNOWN_UNIT,
                "a blank is missing between `" + tokens.text(number) + "` and `" + unit + "`",
                span)
            .fix("write `" + whole + "`", span, whole));
    tokens.replace(number, last, SnnLexer.QUANTITY, whole);
  }

  private @Nullable String unitCharacter(int i) {
    return tokens.type(i) == SnnLexer.STRAY ? Characters.inUnit(tokens.text(i).charAt(0)) : null;
  }

  /// `5 µm`, `10 Ω`, `5 %` cut off from its number.
  private void mendUnitCharacter(int i) {
    int next = i + 1;
    String instead = unitCharacter(next);
    boolean continues = instead != null && tokens.touchesNext(next) && isWord(next + 1);
    int last = continues ? next + 1 : next;
    String unit = (instead == null ? "%" : instead) + (continues ? tokens.text(last) : "");
    if (unitAt(unit) == null) {
      return;
    }
    Span span = tokens.span(i, last);
    String whole = tokens.text(i) + " " + unit;
    diagnostics.report(
        Diagnostic.of(
                Code.UNKNOWN_UNIT,
                "`" + tokens.source(next, last) + "` is written `" + unit + "`",
                tokens.span(next, last))
            .fix("write `" + whole + "`", span, whole));
    tokens.replace(i, last, SnnLexer.QUANTITY, whole);
  }

  /// `-70 mv`: a number and a name that could only be a unit.
  private void unknownUnit(int i) {
    int next = i + 1;
    String word = tokens.text(next);
    Optional<String> meant = UnitSpelling.meant(word);
    boolean terse = word.length() <= 4 && !continuesName(next + 1);
    if (meant.isEmpty() && !terse) {
      return;
    }
    int last = next;
    while (tokens.touchesNext(last) && isUnitSign(last + 1) && isWord(last + 2)) {
      last += 2;
    }
    String number = tokens.text(i);
    boolean negative = i > 0 && tokens.type(i - 1) == SnnLexer.MINUS && tokens.touchesNext(i - 1);
    String hint = meant.map(unit -> "; did you mean `" + unit + "`?").orElse("");
    String message =
        "unknown unit `%s` after `%s`%s".formatted(word, (negative ? "-" : "") + number, hint);
    Diagnostic diagnostic = Diagnostic.of(Code.UNKNOWN_UNIT, message, tokens.span(next));
    if (meant.isPresent()) {
      diagnostic = diagnostic.fix("write `" + meant.get() + "`", tokens.span(next), meant.get());
    } else {
      diagnostic = diagnostic.help("if `" + word + "` is a name, an operator is missing before it");
    }
    diagnostics.report(diagnostic);
    String rest = last == next ? "" : tokens.source(next + 1, last);
    tokens.replace(i, last, SnnLexer.QUANTITY, number + " " + meant.orElse(word) + rest);
  }

  private boolean isUnitSign(int i) {
    return (tokens.type(i) == SnnLexer.SLASH || tokens.type(i) == SnnLexer.STAR)
        && tokens.touchesNext(i);
  }

  /// `5 u = 3` and `5 u' = …` are two statements.
  private boolean beginsStatement(int i) {
    return switch (tokens.type(i + 1)) {
      case SnnLexer.ASSIGN,
          SnnLexer.PLUS_ASSIGN,
          SnnLexer.MINUS_ASSIGN,
          SnnLexer.STAR_ASSIGN,
          SnnLexer.SLASH_ASSIGN,
          SnnLexer.PRIME,
          SnnLexer.COLON ->
          true;
      default -> false;
    };
  }

  private boolean continuesName(int i) {
    return switch (tokens.type(i)) {
      case SnnLexer.LPAREN, SnnLexer.LBRACKET, SnnLexer.DOT -> true;
      default -> false;
    };
  }

  /// The source from word `i` on, to the end of its line.
  private String rest(int i) {
    int last = i;
    while (tokens.type(last + 1) != Token.EOF && !tokens.beginsLine(last + 1)) {
      last++;
    }
    return tokens.source(i, last);
  }

  /// The unit with which `text` begins.
  private static @Nullable String unitAt(String text) {
    Token token = Lexers.of("1 " + text).nextToken();
    return token.getType() == SnnLexer.QUANTITY ? token.getText().substring(2) : null;
  }

  private int lastWithin(int first, int length) {
    int end = tokens.get(first).getStartIndex() + length;
    int last = first;
    while (tokens.get(last + 1).getType() != Token.EOF
        && tokens.get(last + 1).getStartIndex() < end) {
      last++;
    }
    return last;
  }
}
