package snel.parse;

import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// A clause of a connection that says of its value that it learns: `weight learn kaiming()`, `delay
/// learn uniform(1 ms, 5 ms)`.
final class LearningClause {
  private static final Set<String> LEARNING =
      Set.of("learn", "learned", "learnt", "learnable", "trainable", "trained", "plastic");

  private final Fault fault;
  private final TokenList tokens;

  LearningClause(Fault fault) {
    this.fault = fault;
    this.tokens = fault.tokens();
  }

  Optional<Explanation> explain() {
    for (int at = fault.at(); fault.begins(SnnLexer.CONNECT) && at > fault.statement() + 1; at--) {
      if (LEARNING.contains(tokens.text(at))) {
        Optional<Diagnostic> told = told(tokens.type(at - 1), tokens.text(at), tokens.span(at));
        if (told.isPresent()) {
          return fault.mended(told.get(), new Edit.Remove(at, at + 1));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Diagnostic> told(int clause, String learns, Span span) {
    return switch (clause) {
      case SnnLexer.WEIGHT ->
          Optional.of(
              Diagnostic.of(
                      Code.UNEXPECTED_TEXT,
                      "weights learn wherever a synapse or `train by` changes them",
                      span)
                  .fix("leave out `" + learns + "`", span, ""));
      case SnnLexer.DELAY ->
          Optional.of(
              Diagnostic.of(
                      Code.UNEXPECTED_TEXT, "a delay that learns is declared in a synapse", span)
                  .help(
                      "write `delay d : time in 0 ms .. 15 ms` in a `synapse`, and that one's name behind `synapse` in the connection"));
      default -> Optional.empty();
    };
  }
}
