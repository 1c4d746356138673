package snel.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// Finds a missing or superfluous brace by the shape of the text, where counting says that there is
/// one, and mends it.
final class Braces {
  private static final int MOST_OPENERS = 5;

  /// A `{` that is not closed yet.
  private static final class Opener {
    private final int index;
    private final int column;
    private boolean indented;
    private boolean known;

    /// @param column where its line begins
    Opener(int index, int column) {
      this.index = index;
      this.column = column;
    }

    /// Learns from the first line inside whether the lines inside are indented.
    void see(int lineColumn) {
      indented |= !known && lineColumn > column;
      known = true;
    }
  }

  private final TokenList tokens;
  private final Diagnostics diagnostics;
  private final Viability viability;
  private final Deque<Opener> open = new ArrayDeque<>();
  private int excess;

  Braces(Viability viability, TokenList tokens, Diagnostics diagnostics) {
    this.viability = viability;
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  /// Returns what is passed over.
  List<Span> mend() {
    boolean early = count();
    for (int found = 0; found < MOST_OPENERS && excess < 0 && mendMissingOpener(); found++) {
      early = count();
    }
    if (excess == 0 && !early) {
      return List.of();
    }
    List<Span> skipped = new LostHeaders(viability, tokens, diagnostics).mend();
    count();
    for (int i = 0; i < tokens.size(); i++) {
      i = visit(i);
    }
    return skipped;
  }

  /// Counts how many more braces open than close; returns whether one closes what is not open.
  private boolean count() {
    boolean early = false;
    excess = 0;
    for (int i = 0; i < tokens.size(); i++) {
      excess += tokens.type(i) == SnnLexer.LBRACE ? 1 : tokens.type(i) == SnnLexer.RBRACE ? -1 : 0;
      early |= excess < 0;
    }
    return early;
  }

  /// A body that lacks its `{` is where the grammar wants one.
  private boolean mendMissingOpener() {
    Trial trial = new Trial(viability, tokens, 0, false);
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

  /// Returns where word `i` stands when what lacks before it has been put in.
  private int visit(int i) {
    int type = tokens.type(i);
    boolean beginsLine = tokens.beginsLine(i);
    if (beginsLine && type != SnnLexer.RBRACE) {
      learn(tokens.column(i));
    }
    if (type == SnnLexer.RBRACE) {
      return close(i);
    }
    int at = type == Token.EOF ? closeMissing(i, open.size()) : beginsLine ? closeLeft(i) : i;
    if (type == SnnLexer.LBRACE) {
      Opener opener = new Opener(at, tokens.lineColumn(at));
      boolean sameLine = tokens.type(at + 1) != Token.EOF && !tokens.beginsLine(at + 1);
      opener.indented = sameLine;
      open.push(opener);
    }
    return at;
  }

  private void learn(int column) {
    for (Opener opener : open) {
      if (opener.known) {
        break;
      }
      opener.see(column);
    }
  }

  /// Closes the blocks whose lines are indented and that the line of word `i` leaves.
  private int closeLeft(int i) {
    int column = tokens.column(i);
    int count = 0;
    for (Opener opener : open) {
      if (!opener.indented || column > opener.column) {
        break;
      }
      count++;
    }
    return closeMissing(i, count);
  }

  private int close(int brace) {
    int i = brace;
    if (tokens.beginsLine(i)) {
      int column = tokens.column(i);
      int count = 0;
      for (Opener opener : open) {
        if (count == open.size() - 1 || opener.column <= column) {
          break;
        }
        count++;
      }
      i = closeMissing(i, count);
    }
    if (open.isEmpty() || open.size() == 1 && closesTooMuch(i)) {
      superfluous(i);
      return i - 1;
    }
    open.pop();
    return i;
  }

  /// The outermost block would end here, but what follows is no declaration.
  private boolean closesTooMuch(int i) {
    int next = tokens.type(i + 1);
    return excess < 0
        && next != Token.EOF
        && next != SnnLexer.SEMI
        && !Wording.beginsDeclaration(next);
  }

  private void superfluous(int i) {
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNBALANCED_BRACKET, "this `}` is one too many", tokens.span(i));
    if (!open.isEmpty()) {
      Opener opener = open.element();
      diagnostic = diagnostic.label(tokens.span(opener.index), "it closes this, but more follows");
    }
    diagnostics.report(diagnostic);
    tokens.remove(i, i + 1);
    excess++;
  }

  /// Closes blocks before word `i` and reports the innermost; returns where that word stands then.
  private int closeMissing(int i, int count) {
    if (count > 0) {
      report(i, open.element().index);
    }
    for (int closed = 0; closed < count; closed++) {
      open.pop();
    }
    tokens.insert(i, count, SnnLexer.RBRACE, "}");
    excess -= count;
    return i + count;
  }

  private void report(int i, int opener) {
    int start = blockStart(opener);
    String which =
        start == opener
            ? "this `{`"
            : "the `{` of `" + tokens.source(start, Math.min(opener - 1, start + 1)).strip() + "`";
    diagnostics.report(
        Diagnostic.of(Code.UNBALANCED_BRACKET, which + " is never closed", tokens.span(opener))
            .label(tokens.span(i), "a `}` is missing before this"));
  }

  /// Where what an opener belongs to begins on its line: `for j` of `for j in 0 ..< 4 {`.
  private int blockStart(int opener) {
    int start = opener;
    while (start > tokens.lineStart(opener) && !separates(start - 1)) {
      start--;
    }
    return start;
  }

  private boolean separates(int i) {
    return switch (tokens.type(i)) {
      case SnnLexer.LBRACE, SnnLexer.RBRACE, SnnLexer.SEMI -> true;
      default -> false;
    };
  }
}
