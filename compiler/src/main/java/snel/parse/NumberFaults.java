package snel.parse;

import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// Reports numbers that are written wrongly, and what follows a number and is no unit.
final class NumberFaults {
  private final TokenList tokens;
  private final Diagnostics diagnostics;
  private final Respelling spelling;

  NumberFaults(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
    this.spelling = new Respelling(tokens, diagnostics);
  }

  void mend(int i) {
    int next = i + 1;
    if (tokens.type(next) == Token.EOF || tokens.beginsLine(next)) {
      return;
    }
    if (tokens.touchesNext(i)) {
      joined(i);
    } else if (tokens.isStray(next, '%') || unitCharacter(next) != null) {
      mendUnitCharacter(i);
    } else if (tokens.type(next) == SnnLexer.NAME && !beginsStatement(next)) {
      unknownUnit(i);
    }
  }

  /// `20mV`, `5%`, `1.`, `0x1F`.
  private void joined(int i) {
    int next = i + 1;
    if (tokens.isStray(next, '%')) {
      separate(i, next, "%");
    } else if (unitCharacter(next) != null) {
      mendUnitCharacter(i);
    } else if (tokens.isWord(next)) {
      String unit = unitAt(rest(next));
      if (unit != null) {
        separate(i, lastWithin(next, unit.length()), unit);
      } else {
        garbled(i, next, "is neither a number nor a name");
      }
    } else if (tokens.type(next) == SnnLexer.DOT
        && !(tokens.isWord(next + 1) && tokens.touchesNext(next))) {
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
    boolean continues = instead != null && tokens.touchesNext(next) && tokens.isWord(next + 1);
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
    if (isDivision(next)) {
      boolean whole =
          i == 0 || tokens.type(i - 1) != SnnLexer.STAR && tokens.type(i - 1) != SnnLexer.SLASH;
      Span span = tokens.span(i, next + 1);
      diagnostics.report(
          DivisionWords.told(tokens.text(i), word, tokens.text(next + 1), span, whole));
      tokens.replace(i, next + 1, SnnLexer.NUMBER, tokens.text(i));
      return;
    }
    Optional<String> meant = UnitSpelling.meant(word);
    boolean terse = word.length() <= 4 && !continuesName(next + 1);
    if (meant.isEmpty() && !terse) {
      return;
    }
    int last = next;
    while (tokens.touchesNext(last) && isUnitSign(last + 1) && tokens.isWord(last + 2)) {
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

  /// `7 mod 2`.
  private boolean isDivision(int word) {
    int type = tokens.type(word + 1);
    return DivisionWords.isOne(tokens.text(word))
        && (type == SnnLexer.NUMBER || type == SnnLexer.NAME)
        && !tokens.beginsLine(word)
        && !tokens.beginsLine(word + 1);
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

  /// `.5`.
  void bareFraction(int i) {
    int next = tokens.type(i + 1);
    boolean number = next == SnnLexer.NUMBER || next == SnnLexer.QUANTITY;
    boolean member = i > 0 && tokens.touchesNext(i - 1);
    if (number && !member && tokens.touchesNext(i)) {
      String whole = "0." + tokens.text(i + 1);
      spelling.mend(i, i + 1, next, whole);
    }
  }
}
