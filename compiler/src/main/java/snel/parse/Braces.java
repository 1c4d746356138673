package snel.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;

/// Finds a missing or superfluous brace by the shape of the text, where counting says that there is
/// one, and mends it.
final class Braces {
  private static final int MOST_OPENERS = 5;
  private static final Set<Integer> DECLARATION_WORDS =
      Set.of(
          SnnLexer.NEURON,
          SnnLexer.SYNAPSE,
          SnnLexer.NETWORK,
          SnnLexer.DATA,
          SnnLexer.EXPERIMENT,
          SnnLexer.SWEEP,
          SnnLexer.DEPLOYMENT,
          SnnLexer.TEST,
          SnnLexer.FUNCTION,
          SnnLexer.LET,
          SnnLexer.IMPORT);

  private final TokenList tokens;
  private final Diagnostics diagnostics;

  Braces(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  void mend() {
    for (int found = 0; found < MOST_OPENERS && excess() < 0 && mendMissingOpener(); found++) {}
    if (balanced()) {
      return;
    }
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.type(i)) {
        case SnnLexer.LBRACE -> open.push(i);
        case SnnLexer.RBRACE -> i = close(i, open);
        case Token.EOF -> i = closeMissing(i, open, open.size());
        default -> {
          if (tokens.beginsLine(i)) {
            i = closeLeft(i, open);
          }
        }
      }
    }
  }

  /// A body that lacks its `{` is where the grammar wants one.
  private boolean mendMissingOpener() {
    Trial trial = new Trial(tokens, 0, false);
    int fault = trial.fault();
    boolean found =
        fault < tokens.size()
            && trial.wantsWord(fault, SnnLexer.LBRACE)
            && trial.helps(new Edit.Insert(fault, SnnLexer.LBRACE, "{"));
    if (found) {
      String text = "a `{` is missing: one should follow " + Wording.shown(tokens.text(fault - 1));
      diagnostics.report(Diagnostic.of(Code.UNBALANCED_BRACKET, text, tokens.span(fault - 1)));
      tokens.insert(fault, SnnLexer.LBRACE, "{");
    }
    return found;
  }

  private boolean balanced() {
    int depth = 0;
    for (int i = 0; i < tokens.size() && depth >= 0; i++) {
      depth += tokens.type(i) == SnnLexer.LBRACE ? 1 : tokens.type(i) == SnnLexer.RBRACE ? -1 : 0;
    }
    return depth == 0;
  }

  /// Whether the line of word `i` stands too far left for the block of `opener`, whose own lines
  /// are indented.
  private boolean leaves(int i, int opener) {
    int inside = opener + 1;
    while (inside < i && !tokens.beginsLine(inside)) {
      inside++;
    }
    boolean indented = !tokens.beginsLine(opener + 1) || tokens.column(inside) > column(opener);
    return indented && tokens.column(i) <= column(opener);
  }

  /// The column at which the line with word `i` begins.
  private int column(int i) {
    return tokens.column(tokens.lineStart(i));
  }

  private int close(int brace, Deque<Integer> open) {
    int i = brace;
    if (tokens.beginsLine(i)) {
      int count = 0;
      for (int opener : open) {
        if (count == open.size() - 1 || column(opener) <= tokens.column(i)) {
          break;
        }
        count++;
      }
      i = closeMissing(i, open, count);
    }
    boolean last = open.size() == 1;
    if (open.isEmpty() || last && closesTooMuch(i)) {
      superfluous(i, open);
      return i - 1;
    }
    open.pop();
    return i;
  }

  /// The outermost block would end here, but what follows is no declaration.
  private boolean closesTooMuch(int i) {
    int next = i + 1;
    return tokens.type(next) != Token.EOF
        && tokens.type(next) != SnnLexer.SEMI
        && !DECLARATION_WORDS.contains(tokens.type(next))
        && excess() < 0;
  }

  private int excess() {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      depth += tokens.type(i) == SnnLexer.LBRACE ? 1 : tokens.type(i) == SnnLexer.RBRACE ? -1 : 0;
    }
    return depth;
  }

  private void superfluous(int i, Deque<Integer> open) {
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNBALANCED_BRACKET, "this `}` is one too many", tokens.span(i));
    if (!open.isEmpty()) {
      diagnostic = diagnostic.label(tokens.span(open.peek()), "it closes this, but more follows");
    }
    diagnostics.report(diagnostic);
    tokens.remove(i, i + 1);
  }

  /// Closes the blocks that the line of word `i` leaves; returns where that word stands then.
  private int closeLeft(int i, Deque<Integer> open) {
    int count = 0;
    for (int opener : open) {
      if (!leaves(i, opener)) {
        break;
      }
      count++;
    }
    return closeMissing(i, open, count);
  }

  /// Closes blocks before word `i` and reports the innermost; returns where that word stands then.
  private int closeMissing(int i, Deque<Integer> open, int count) {
    if (count > 0) {
      report(i, open.peek());
    }
    for (int closed = 0; closed < count; closed++) {
      open.pop();
      tokens.insert(i, SnnLexer.RBRACE, "}");
    }
    return i + count;
  }

  private void report(int i, int opener) {
    int start = tokens.lineStart(opener);
    diagnostics.report(
        Diagnostic.of(
                Code.UNBALANCED_BRACKET,
                "the `{` of `"
                    + tokens.source(start, Math.min(opener, start + 1)).strip()
                    + "` is never closed",
                tokens.span(opener))
            .label(tokens.span(i), "a `}` is missing before this"));
  }
}
