package snel.parse;

import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// Values as other languages write them.
final class ValueHabits {
  private static final Set<String> STEPS = Set.of("step", "steps", "timesteps", "ticks");

  private final Fault fault;

  ValueHabits(Fault fault) {
    this.fault = fault;
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::choice,
        this::computedList,
        this::slice,
        this::letteredText,
        this::singleQuotes,
        this::steps,
        this::chosenSamples);
  }

  /// `a if c else b`, `a + if c then b else d`.
  private Optional<Explanation> choice() {
    if (fault.type(0) != SnnLexer.IF || fault.at() == fault.statement()) {
      return Optional.empty();
    }
    int end = fault.endOfLine(fault.at() + 1);
    for (int at = fault.at() + 1; at < end; at++) {
      int type = fault.tokens().type(at);
      if (type == SnnLexer.THEN && Wording.isOperator(fault.type(-1))) {
        return Fault.told(
            said("a choice behind an operator stands in parentheses")
                .help("write `" + fault.text(-1) + " (if c then a else b)`"));
      }
      if (type == SnnLexer.ELSE) {
        return Fault.told(
            said("what is chosen stands behind its condition")
                .help("a choice is written `if c then a else b`"));
      }
    }
    return Optional.empty();
  }

  /// `[f(k) for k in 0 ..< 3]`.
  private Optional<Explanation> computedList() {
    return fault.type(0) == SnnLexer.FOR && inSquareBrackets()
        ? Fault.told(
            said("the elements of a list are written out")
                .help(
                    "an array is computed as a whole, such as `2 * linspace(0, 1, 20)`; where one is wanted, a single number goes for"
                        + " all elements"))
        : Optional.empty();
  }

  /// `a[0:2]`, `a[:, 0]`.
  private Optional<Explanation> slice() {
    if (fault.type(0) != SnnLexer.COLON || !inSquareBrackets()) {
      return Optional.empty();
    }
    Diagnostic slice = said("a part of an array is given by a range");
    var range = new Edit.Replace(fault.at(), SnnLexer.OPEN_RANGE, "..<");
    return fault
        .mended(slice.fix("write `..<`", fault.tokens().span(fault.at()), " ..< "), range)
        .or(() -> Fault.told(slice.help("write `[2 ..< 5]`, and `[..]` for all of it")));
  }

  /// `f"rate {r}"`.
  private Optional<Explanation> letteredText() {
    int text = fault.at();
    boolean lettered =
        fault.type(0) == SnnLexer.TEXT
            && fault.type(-1) == SnnLexer.NAME
            && fault.tokens().touchesNext(text - 1);
    return lettered
        ? fault.mended(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "a text has no letter before it; names in its braces are filled in as they are",
                    fault.tokens().span(text - 1))
                .fix("leave out `" + fault.text(-1) + "`", fault.tokens().span(text - 1), ""),
            new Edit.Remove(text - 1, text))
        : Optional.empty();
  }

  /// `run 100 steps`, where the fault may lie in the next statement.
  private Optional<Explanation> steps() {
    for (int at = fault.at(); at > fault.statement(); at--) {
      if (STEPS.contains(fault.tokens().text(at))
          && fault.tokens().type(at - 1) == SnnLexer.NUMBER
          && !fault.tokens().beginsLine(at)) {
        Span word = fault.tokens().span(at);
        return fault.mended(
            Diagnostic.of(Code.UNEXPECTED_TEXT, "the time of one step is `dt`", word)
                .fix("write `" + fault.tokens().text(at - 1) + " * dt`", word, "* dt"),
            Fault.rewrite(
                at, at + 1, Fault.word(SnnLexer.STAR, "*"), Fault.word(SnnLexer.NAME, "dt")));
      }
    }
    return Optional.empty();
  }

  /// `csv('flowers.csv')`.
  private Optional<Explanation> singleQuotes() {
    int open = fault.at();
    if (fault.type(0) != SnnLexer.PRIME) {
      return Optional.empty();
    }
    TokenList tokens = fault.tokens();
    int close = open + 1;
    while (close < tokens.size()
        && tokens.type(close) != SnnLexer.PRIME
        && !tokens.beginsLine(close)) {
      close++;
    }
    if (close == tokens.size() || tokens.type(close) != SnnLexer.PRIME) {
      return Optional.empty();
    }
    Span quoted = tokens.span(open).to(tokens.span(close));
    String written = quoted.text();
    String text = "\"" + written.substring(1, written.length() - 1) + "\"";
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a text stands between double quotes", quoted)
            .fix("write `" + text + "`", quoted, text);
    return fault
        .mended(diagnostic, Fault.rewrite(open, close + 1, Fault.word(SnnLexer.TEXT, text)))
        .or(() -> Fault.told(diagnostic));
  }

  /// `for sample in digits.train | where sample.label == 3`.
  private Optional<Explanation> chosenSamples() {
    boolean stage = fault.type(-1) == SnnLexer.WHERE && fault.type(-2) == SnnLexer.BAR;
    boolean clause = fault.begins(SnnLexer.FOR) && fault.type(0) == SnnLexer.WHERE;
    return stage || clause
        ? Fault.told(
            said("samples are chosen where their data set is declared")
                .help("write `split NAME where …` there, and go through `data_set.NAME` here"))
        : Optional.empty();
  }

  private boolean inSquareBrackets() {
    var brackets = new Brackets(fault.tokens(), fault.trial(), fault.statement());
    return brackets.opener(SnnLexer.RBRACKET) >= 0;
  }

  private Diagnostic said(String message) {
    return Diagnostic.of(Code.UNEXPECTED_TEXT, message, fault.tokens().span(fault.at()));
  }
}
