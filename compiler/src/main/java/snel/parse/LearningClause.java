package snel.parse;

import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// A clause of a connection that says of its value that it learns: `weight learn kaiming()`, `delay
/// learn uniform(1 ms, 5 ms)`.
final class LearningClause {
  private static final Set<String> LEARNING =
      Set.of("learn", "learned", "learnt", "learnable", "trainable", "trained", "plastic");

  private LearningClause() {}

  /// @param clause the type of the word that the clause begins with
  /// @param next the word behind it
  static Optional<Diagnostic> told(int clause, String next, Span span) {
    if (!LEARNING.contains(next)) {
      return Optional.empty();
    }
    return switch (clause) {
      case SnnLexer.WEIGHT ->
          Optional.of(
              Diagnostic.of(
                      Code.UNEXPECTED_TEXT,
                      "weights learn wherever a synapse or `train by` changes them",
                      span)
                  .fix("leave out `" + next + "`", span, ""));
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
