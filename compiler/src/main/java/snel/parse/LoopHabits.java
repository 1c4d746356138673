package snel.parse;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Loops and counting written as elsewhere.
final class LoopHabits {
  private final Fault fault;
  private final TokenList tokens;

  LoopHabits(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::increment,
        this::incrementBefore,
        this::remainder,
        this::divisionInWords,
        this::countingLoop,
        this::rangeByColon,
        this::conditionBehindLoop,
        this::severalNames);
  }

  /// `k++`.
  private Optional<Explanation> increment() {
    int at = fault.at();
    int sign = fault.type(0);
    boolean twice =
        (sign == SnnLexer.PLUS || sign == SnnLexer.MINUS)
            && fault.type(1) == sign
            && tokens.touchesNext(at)
            && fault.depth() > 0
            && fault.endsBefore(at + 2);
    return twice ? stepwise(fault.statement(), at - 1, at, at + 2, sign) : Optional.empty();
  }

  /// `++k`, whose first sign seems to go on with the line before.
  private Optional<Explanation> incrementBefore() {
    int at = fault.at();
    boolean twice =
        fault.depth() > 1
            && fault.type(0) == SnnLexer.PLUS
            && fault.type(-1) == SnnLexer.PLUS
            && tokens.touchesNext(at - 1)
            && tokens.beginsLine(at - 1)
            && fault.type(1) == SnnLexer.NAME
            && fault.endsBefore(at + 2);
    return twice ? stepwise(at + 1, at + 1, at - 1, at + 2, SnnLexer.PLUS) : Optional.empty();
  }

  private Optional<Explanation> stepwise(int first, int last, int from, int end, int sign) {
    boolean up = sign == SnnLexer.PLUS;
    String name = tokens.source(first, last);
    String written = tokens.source(Math.min(first, from), end - 1);
    String right = name + (up ? " += 1" : " -= 1");
    Span span = tokens.span(Math.min(first, from), end - 1);
    Edit.Word assigns =
        up ? Fault.word(SnnLexer.PLUS_ASSIGN, "+=") : Fault.word(SnnLexer.MINUS_ASSIGN, "-=");
    Edit.Word one = Fault.word(SnnLexer.NUMBER, "1");
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "`" + written + "` is written `" + right + "`", span)
            .fix("write `" + right + "`", span, right),
        first > from
            ? Fault.rewrite(from, end, Fault.word(SnnLexer.NAME, name), assigns, one)
            : Fault.rewrite(from, end, assigns, one));
  }

  /// `k % 2`, where `k` is a number and `%` was taken for its unit.
  private Optional<Explanation> remainder() {
    boolean percent =
        fault.depth() > 0
            && fault.type(-1) == SnnLexer.QUANTITY
            && fault.text(-1).endsWith("%")
            && !tokens.beginsLine(fault.at());
    int type = fault.type(0);
    if (!percent || type != SnnLexer.NUMBER && type != SnnLexer.NAME) {
      return Optional.empty();
    }
    String number = fault.text(-1).substring(0, fault.text(-1).length() - 1).strip();
    String right = "mod(" + number + ", " + fault.text(0) + ")";
    Span span = tokens.span(fault.at() - 1, fault.at());
    return fault.mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a remainder is `mod(a, b)`", span)
            .fix("write `" + right + "`", span, right),
        new Edit.Remove(fault.at(), fault.at() + 1));
  }

  /// `k mod 10`, `k div 10`; outside of brackets the word seems to begin another statement.
  private Optional<Explanation> divisionInWords() {
    int at = fault.at() - (isWordOfDivision(fault.at()) ? 0 : 1);
    boolean between =
        isWordOfDivision(at)
            && at - 1 > fault.statement()
            && tokens.type(at - 1) == SnnLexer.NAME
            && (tokens.type(at + 1) == SnnLexer.NUMBER || tokens.type(at + 1) == SnnLexer.NAME)
            && !tokens.beginsLine(at)
            && !tokens.beginsLine(at + 1);
    if (!between) {
      return Optional.empty();
    }
    Span span = tokens.span(at - 1, at + 1);
    boolean whole = tokens.type(at - 2) != SnnLexer.STAR && tokens.type(at - 2) != SnnLexer.SLASH;
    return fault.mended(
        DivisionWords.told(tokens.text(at - 1), tokens.text(at), tokens.text(at + 1), span, whole),
        new Edit.Remove(at, at + 2));
  }

  private boolean isWordOfDivision(int at) {
    return at > 0
        && at + 1 < tokens.size()
        && tokens.type(at) == SnnLexer.NAME
        && DivisionWords.isOne(tokens.text(at));
  }

  /// `for (k = 0; k < 3; k++)`.
  private Optional<Explanation> countingLoop() {
    return fault.begins(SnnLexer.FOR)
            && fault.type(0) == SnnLexer.ASSIGN
            && tokens.type(fault.statement() + 1) == SnnLexer.LPAREN
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a loop runs over a range or a list",
                    tokens.span(fault.statement(), fault.at()))
                .help("write `for " + fault.text(-1) + " in 0 ..< 10 { … }`, for example"))
        : Optional.empty();
  }

  /// `for k in 1:3`.
  private Optional<Explanation> rangeByColon() {
    boolean range =
        fault.begins(SnnLexer.FOR)
            && fault.type(0) == SnnLexer.COLON
            && fault.type(1) == SnnLexer.NUMBER;
    return range
        ? fault.mended(
            said("a range is written `..`, not `:`")
                .fix("write `..`", tokens.span(fault.at()), " .. "),
            new Edit.Replace(fault.at(), SnnLexer.CLOSED_RANGE, ".."))
        : Optional.empty();
  }

  /// `repeat { … } until c`.
  private Optional<Explanation> conditionBehindLoop() {
    return fault.begins(SnnLexer.REPEAT) && fault.depth() == 1 && fault.type(0) == SnnLexer.LBRACE
        ? Fault.told(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "how often stands before the body",
                    tokens.span(fault.statement()))
                .help("write `repeat 10 times { … }` or `repeat until count(A) > 5 { … }`"))
        : Optional.empty();
  }

  /// `for image, label in digits.train`.
  private Optional<Explanation> severalNames() {
    boolean several =
        fault.begins(SnnLexer.FOR) && fault.depth() == 2 && fault.type(0) == SnnLexer.COMMA;
    return several
        ? Fault.told(
            said("one name stands for each element of what a loop goes through")
                .help(
                    "fields of a sample follow it: `for sample in digits.train { …"
                        + " sample.image … }`; tuples are taken apart in brackets: `for (a, b) in"
                        + " pairs { … }`"))
        : Optional.empty();
  }

  private Diagnostic said(String message) {
    return Diagnostic.of(Code.UNEXPECTED_TEXT, message, tokens.span(fault.at()));
  }
}
