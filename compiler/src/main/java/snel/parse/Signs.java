package snel.parse;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// A sign that is wrong, missing or one too many.
final class Signs {
  private record Mistake(int wrong, int right, String message) {}

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(SnnLexer.ASSIGN, SnnLexer.COLON, "an argument is given by `:`, not by `=`"),
          new Mistake(SnnLexer.ASSIGN, SnnLexer.EQUAL, "`=` gives a value; to compare, write `==`"),
          new Mistake(SnnLexer.EQUAL, SnnLexer.ASSIGN, "`==` compares; to give a value, write `=`"),
          new Mistake(SnnLexer.IF, SnnLexer.WHEN, "a condition follows `when`, not `if`"),
          new Mistake(SnnLexer.DOT, SnnLexer.CLOSED_RANGE, "a range is written `..`, not `.`"),
          new Mistake(SnnLexer.ASSIGN, SnnLexer.IN, "what a loop runs over follows `in`"),
          new Mistake(SnnLexer.SEMI, SnnLexer.COMMA, "a `,` stands between elements, not a `;`"));

  private static final Set<String> PROBABILITIES = Set.of("probability", "prob", "p", "random");

  private final TokenList tokens;
  private final Trial trial;
  private final int fault;
  private final int statement;

  Signs(TokenList tokens, Trial trial, int statement) {
    this.tokens = tokens;
    this.trial = trial;
    this.fault = trial.fault();
    this.statement = statement;
  }

  Optional<Explanation> explain() {
    return Explanation.firstOf(
        this::signAfterWord,
        this::brokenArrow,
        this::decimalComma,
        this::trailingComma,
        this::commaBetweenStatements,
        this::ruleWithoutBrackets,
        this::mistakenSign,
        this::missingOperator);
  }

  /// `weight = 1 mV`, `tau: 20 ms`.
  private Optional<Explanation> signAfterWord() {
    int type = tokens.type(fault);
    boolean sign = type == SnnLexer.ASSIGN || type == SnnLexer.COLON;
    Edit edit = new Edit.Remove(fault, fault + 1);
    if (fault == 0
        || !sign
        || !Wording.isKeyword(tokens.type(fault - 1))
        || !trial.wants(fault, Wanted.VALUE)
        || !trial.helps(edit)) {
      return Optional.empty();
    }
    String text =
        "the value of `%s` follows without `%s`"
            .formatted(tokens.text(fault - 1), tokens.text(fault));
    Span span = tokens.span(fault);
    return explained(
        Diagnostic.of(Code.UNEXPECTED_TEXT, text, span)
            .fix("leave out `" + tokens.text(fault) + "`", span, ""),
        edit);
  }

  /// `- >`.
  private Optional<Explanation> brokenArrow() {
    boolean pair =
        tokens.type(fault) == SnnLexer.MINUS && tokens.type(fault + 1) == SnnLexer.GREATER;
    return pair ? rewritten(fault, fault + 2, SnnLexer.ARROW, "->") : Optional.empty();
  }

  /// `0,01`.
  private Optional<Explanation> decimalComma() {
    if (fault < statement + 2
        || tokens.type(fault - 1) != SnnLexer.COMMA
        || tokens.type(fault - 2) != SnnLexer.NUMBER
        || !tokens.touchesNext(fault - 2)
        || !tokens.touchesNext(fault - 1)) {
      return Optional.empty();
    }
    int type = tokens.type(fault);
    return type == SnnLexer.NUMBER || type == SnnLexer.QUANTITY
        ? rewritten(fault - 2, fault + 1, type, tokens.text(fault - 2) + "." + tokens.text(fault))
        : Optional.empty();
  }

  private Optional<Explanation> rewritten(int at, int end, int type, String text) {
    Edit edit = new Edit.Rewrite(at, end, List.of(new Edit.Word(type, text)));
    Span span = tokens.span(at, end - 1);
    String message = "`" + tokens.source(at, end - 1) + "` is written `" + text + "`";
    return trial.helps(edit)
        ? explained(
            Diagnostic.of(Code.UNEXPECTED_TEXT, message, span)
                .fix("write `" + text + "`", span, text),
            edit)
        : Optional.empty();
  }

  /// `param a = 1,` and then another statement or clause, whose first word is taken for a name.
  private Optional<Explanation> trailingComma() {
    return IntStream.of(tokens.lineStart(fault) - 1, fault - 2)
        .filter(comma -> comma > statement && tokens.type(comma) == SnnLexer.COMMA)
        .filter(comma -> Wording.isKeyword(tokens.type(comma + 1)))
        .mapToObj(comma -> new Edit.Remove(comma, comma + 1))
        .filter(trial::helps)
        .map(this::oneTooMany)
        .findFirst();
  }

  private Explanation oneTooMany(Edit.Remove edit) {
    Span span = tokens.span(edit.at());
    String text = "a name should follow this `,`, not " + Wording.shown(tokens.text(edit.at() + 1));
    return new Explanation(
        Diagnostic.of(Code.UNEXPECTED_TEXT, text, span).fix("leave out `,`", span, ""), edit);
  }

  /// `step 0.1 ms, seed 1`.
  private Optional<Explanation> commaBetweenStatements() {
    Edit edit = new Edit.Rewrite(fault, fault + 1, List.of(new Edit.Word(SnnLexer.SEMI, ";")));
    if (fault == statement
        || tokens.type(fault) != SnnLexer.COMMA
        || tokens.lineStart(fault + 1) == fault + 1
        || !Wording.isKeyword(tokens.type(fault + 1))
        || !trial.helps(edit)) {
      return Optional.empty();
    }
    Span span = tokens.span(fault);
    String text = "a `;` stands between statements of one line, not a `,`";
    return explained(
        Diagnostic.of(Code.UNEXPECTED_TEXT, text, span).fix("write `;`", span, ";"), edit);
  }

  /// `connect A -> B bernoulli 10 %`.
  private Optional<Explanation> ruleWithoutBrackets() {
    int type = tokens.type(fault);
    boolean value = type == SnnLexer.NUMBER || type == SnnLexer.QUANTITY;
    boolean named = fault > statement && tokens.type(fault - 1) == SnnLexer.NAME;
    if (!value || !named || !trial.wantsWord(fault, SnnLexer.LPAREN)) {
      return Optional.empty();
    }
    String text = tokens.text(fault);
    Edit edit =
        new Edit.Rewrite(
            fault,
            fault + 1,
            List.of(
                new Edit.Word(SnnLexer.LPAREN, "("),
                new Edit.Word(type, text),
                new Edit.Word(SnnLexer.RPAREN, ")")));
    Span span = tokens.span(fault);
    String word = tokens.text(fault - 1);
    if (PROBABILITIES.contains(word) && trial.helps(edit)) {
      String rule = "bernoulli(" + text + ")";
      Span both = tokens.span(fault - 1, fault);
      return explained(
          Diagnostic.of(Code.UNEXPECTED_TEXT, "`" + word + "` is no connection rule", both)
              .fix("write `" + rule + "`", both, rule),
          new Edit.Rewrite(fault - 1, fault + 1, List.of(new Edit.Word(SnnLexer.ALL, "all"))));
    }
    return trial.helps(edit)
        ? explained(
            Diagnostic.of(
                    Code.UNEXPECTED_TEXT,
                    "what " + Wording.shown(tokens.text(fault - 1)) + " is of stands in brackets",
                    span)
                .fix("write `(" + text + ")`", span, "(" + text + ")"),
            edit)
        : Optional.empty();
  }

  /// A sign in place of another.
  private Optional<Explanation> mistakenSign() {
    for (Mistake mistake : MISTAKES) {
      boolean earlier = mistake.wrong() == SnnLexer.DOT && tokens.type(fault) != SnnLexer.DOT;
      int at = earlier ? fault - 1 : fault;
      String right = Wording.literal(mistake.right());
      Edit edit = new Edit.Replace(at, mistake.right(), right);
      boolean onlyAsName =
          Wording.isKeyword(mistake.right()) && !trial.wantsWord(at, mistake.right());
      if (at > statement
          && tokens.type(at) == mistake.wrong()
          && !onlyAsName
          && tokens.type(at - 1) != SnnLexer.TEXT // no text is compared or named so
          && trial.helps(edit)) {
        Span span = tokens.span(at);
        return Optional.of(
            new Explanation(
                Diagnostic.of(Code.UNEXPECTED_TEXT, message(mistake, at), span)
                    .fix("write `" + right + "`", span, right),
                edit));
      }
    }
    return Optional.empty();
  }

  private String message(Mistake mistake, int at) {
    boolean population = at == statement + 2 && tokens.type(statement) == SnnLexer.POPULATION;
    return population && mistake.right() == SnnLexer.COLON
        ? "what a population is made of follows `:`, not `=`"
        : mistake.message();
  }

  /// `3 (a + b)`.
  private Optional<Explanation> missingOperator() {
    int type = tokens.type(fault);
    boolean bracket = type == SnnLexer.LPAREN || type == SnnLexer.LBRACKET;
    Edit edit = new Edit.Insert(fault, SnnLexer.STAR, "*");
    if (!bracket || !trial.wantsWord(fault, SnnLexer.STAR) || !trial.helps(edit)) {
      return Optional.empty();
    }
    String text =
        "an operator is missing between %s and %s"
            .formatted(Wording.shown(tokens.text(fault - 1)), Wording.shown(tokens.text(fault)));
    return Optional.of(
        new Explanation(Diagnostic.of(Code.UNEXPECTED_TEXT, text, tokens.span(fault)), edit));
  }

  private static Optional<Explanation> explained(Diagnostic diagnostic, Edit edit) {
    return Optional.of(new Explanation(diagnostic, edit));
  }
}
