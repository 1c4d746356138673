package snel.parse;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// A round or square bracket that is never closed, closed by another, or closes nothing.
final class Brackets {
  private final TokenList tokens;
  private final Trial trial;
  private final int fault;
  private final int statement;

  Brackets(TokenList tokens, Trial trial, int statement) {
    this.tokens = tokens;
    this.trial = trial;
    this.fault = trial.fault();
    this.statement = statement;
  }

  Optional<Explanation> explain() {
    int type = tokens.type(fault);
    if (type == SnnLexer.RPAREN || type == SnnLexer.RBRACKET) {
      return strayCloser(type);
    }
    for (int closer : new int[] {SnnLexer.RPAREN, SnnLexer.RBRACKET}) {
      Edit edit = new Edit.Insert(fault, closer, Wording.literal(closer));
      int opener = opener(closer);
      if (opener >= 0 && trial.wantsWord(fault, closer) && trial.helps(edit)) {
        String text =
            "`%s` is never closed: `%s` should follow %s"
                .formatted(
                    tokens.text(opener),
                    Wording.literal(closer),
                    Wording.shown(tokens.text(fault - 1)));
        Diagnostic diagnostic =
            Diagnostic.of(Code.UNBALANCED_BRACKET, text, tokens.span(opener))
                .label(
                    tokens.span(fault),
                    "a `" + Wording.literal(closer) + "` is missing before this");
        return Optional.of(new Explanation(diagnostic, edit));
      }
    }
    return Optional.empty();
  }

  private Optional<Explanation> strayCloser(int type) {
    int other = type == SnnLexer.RPAREN ? SnnLexer.RBRACKET : SnnLexer.RPAREN;
    Edit swap = new Edit.Replace(fault, other, Wording.literal(other));
    int opener = opener(other);
    Span span = tokens.span(fault);
    if (opener >= 0 && trial.helps(swap)) {
      String text =
          "`%s` is closed by `%s`; write `%s`"
              .formatted(tokens.text(opener), tokens.text(fault), Wording.literal(other));
      Diagnostic diagnostic =
          Diagnostic.of(Code.UNBALANCED_BRACKET, text, span)
              .label(tokens.span(opener), "opened here");
      return Optional.of(new Explanation(diagnostic, swap));
    }
    Edit removal = new Edit.Remove(fault, fault + 1);
    String text = "this `" + tokens.text(fault) + "` closes nothing";
    return trial.helps(removal)
        ? Optional.of(new Explanation(Diagnostic.of(Code.UNBALANCED_BRACKET, text, span), removal))
        : Optional.empty();
  }

  /// The bracket of this statement that `closer` would close at the fault; -1 if there is none.
  int opener(int closer) {
    int wanted = closer == SnnLexer.RPAREN ? SnnLexer.LPAREN : SnnLexer.LBRACKET;
    int depth = 0;
    for (int i = fault - 1; i >= statement; i--) {
      switch (tokens.type(i)) {
        case SnnLexer.RPAREN, SnnLexer.RBRACKET -> depth++;
        case SnnLexer.LPAREN, SnnLexer.LBRACKET -> {
          if (depth == 0) {
            return tokens.type(i) == wanted ? i : -1;
          }
          depth--;
        }
        default -> {}
      }
    }
    return -1;
  }
}
