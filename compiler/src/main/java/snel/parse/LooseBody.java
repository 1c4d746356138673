package snel.parse;

import java.util.Optional;
import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;

/// A body without its braces.
final class LooseBody {
  private final TokenList tokens;
  private final Trial trial;
  private final int fault;
  private final int statement;

  LooseBody(TokenList tokens, Trial trial, int statement) {
    this.tokens = tokens;
    this.trial = trial;
    this.fault = trial.fault();
    this.statement = statement;
  }

  Optional<Explanation> explain() {
    if (fault <= statement || !trial.wantsWord(fault, SnnLexer.LBRACE)) {
      return Optional.empty();
    }
    return tokens.type(fault) == SnnLexer.LPAREN ? inRoundBrackets() : looseBody();
  }

  /// `reset ( v = -65 mV )`.
  private Optional<Explanation> inRoundBrackets() {
    if (tokens.type(fault + 1) == Token.EOF) {
      return Optional.empty();
    }
    boolean action = Wording.isAssignment(tokens.type(fault + 2));
    String header = Wording.shown(tokens.source(statement, fault - 1));
    return action
        ? Optional.of(
            new Explanation(
                Diagnostic.of(
                        Code.UNBALANCED_BRACKET,
                        "the body of " + header + " stands in braces",
                        tokens.span(fault))
                    .help("write `{` and `}` around it"),
                null))
        : Optional.empty();
  }

  /// `reset v = -65 mV`, `on pre: deliver w`: a body without braces.
  private Optional<Explanation> looseBody() {
    int from = tokens.type(fault) == SnnLexer.COLON ? fault + 1 : fault;
    int end = endOfBody(from);
    Edit edit = new Edit.Enclose(fault, from, end);
    if (end <= from || !trial.helps(edit)) {
      return Optional.empty();
    }
    String header = Wording.shown(tokens.source(statement, fault - 1));
    boolean closed =
        tokens.type(end) == SnnLexer.RBRACE
            && tokens.beginsLine(end)
            && tokens.column(end) == tokens.lineColumn(statement);
    return Optional.of(
        closed && from == fault
            ? new Explanation(
                Diagnostic.of(
                    Code.UNBALANCED_BRACKET,
                    "a `{` is missing: one should follow " + header,
                    tokens.span(fault - 1)),
                new Edit.Insert(fault, SnnLexer.LBRACE, "{"))
            : new Explanation(unenclosed(header, from, end), edit));
  }

  private Diagnostic unenclosed(String header, int from, int end) {
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.UNBALANCED_BRACKET,
            "the body of " + header + " stands in braces",
            tokens.span(from, end - 1),
            "`{` and `}` belong around this");
    String body = "{ " + tokens.source(from, end - 1) + " }";
    return tokens.line(statement) == tokens.line(end - 1)
        ? diagnostic.fix("write `" + body + "`", tokens.span(fault, end - 1), body)
        : diagnostic.help("write `{` behind " + header);
  }

  /// Up to the next line that is not indented more than the statement, or the bracket around it.
  private int endOfBody(int from) {
    int depth = 0;
    int end = from;
    while (tokens.type(end) != Token.EOF) {
      int type = tokens.type(end);
      boolean leaves = tokens.beginsLine(end) && tokens.column(end) <= tokens.lineColumn(statement);
      if (depth == 0 && (type == SnnLexer.RBRACE || leaves)) {
        break;
      }
      depth += type == SnnLexer.LBRACE ? 1 : type == SnnLexer.RBRACE ? -1 : 0;
      end++;
    }
    return end;
  }
}
