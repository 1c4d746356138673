package snel.parse;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.parse.Diagnosis.Explanation;
import snel.source.Span;

/// The first word that does not fit, and the statement in which it stands.
///
/// @param statement the first word of that statement
record Fault(TokenList tokens, Trial trial, int statement, Place place) {
  int at() {
    return trial.fault();
  }

  /// How many words of the statement stand before the fault.
  int depth() {
    return at() - statement;
  }

  /// The type of the `n`-th word from the fault on.
  int type(int n) {
    int i = at() + n;
    return i < 0 || i >= tokens.size() ? SnnLexer.EOF : tokens.type(i);
  }

  String text(int n) {
    return tokens.text(at() + n);
  }

  /// The type of the first word of the statement.
  int head() {
    return tokens.type(statement);
  }

  boolean begins(int... types) {
    for (int type : types) {
      if (head() == type) {
        return true;
      }
    }
    return false;
  }

  /// The bracket that the one before the fault closes; -1 if there is none in the statement.
  int opener(int opening, int closing) {
    int depth = 0;
    for (int i = at() - 1; i > statement; i--) {
      depth += tokens.type(i) == closing ? 1 : tokens.type(i) == opening ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// Where the bracket that opens at `open` is closed; -1 if it is not.
  int closer(int open, int opening, int closing) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += tokens.type(i) == opening ? 1 : tokens.type(i) == closing ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /// Where the words from `from` on no longer belong to this line and statement.
  int endOfLine(int from) {
    int end = from;
    while (!endsBefore(end)) {
      end++;
    }
    return end;
  }

  boolean endsBefore(int i) {
    return i >= tokens.size() || endsAt(i);
  }

  private boolean endsAt(int i) {
    return switch (tokens.type(i)) {
      case SnnLexer.SEMI, SnnLexer.RBRACE, SnnLexer.EOF -> true;
      default -> tokens.beginsLine(i);
    };
  }

  /// The explanation, if the change helps.
  Optional<Explanation> mended(Diagnostic diagnostic, Edit edit) {
    return trial.helps(edit) ? Optional.of(new Explanation(diagnostic, edit)) : Optional.empty();
  }

  /// `after` in place of word `at`, which says when something happens.
  Optional<Explanation> after(int at, String message) {
    Span word = tokens.span(at);
    return mended(
        Diagnostic.of(Code.UNEXPECTED_TEXT, message, word).fix("write `after`", word, "after"),
        new Edit.Replace(at, SnnLexer.AFTER, "after"));
  }

  /// The explanation; the statement is passed over.
  static Optional<Explanation> told(Diagnostic diagnostic) {
    return Optional.of(new Explanation(diagnostic, null));
  }

  static Edit.Word word(int type, String text) {
    return new Edit.Word(type, text);
  }

  static Edit rewrite(int at, int end, Edit.Word... words) {
    return new Edit.Rewrite(at, end, List.of(words));
  }
}
