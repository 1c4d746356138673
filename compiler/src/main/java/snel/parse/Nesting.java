package snel.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.grammar.SnnLexer;
import snel.source.Span;

/// Takes out, before anything else looks at them, declarations with more nested brackets or longer
/// rows of indices than any program needs: they would cost the parser its stack or the reader's
/// patience.
final class Nesting {
  private static final int DEEPEST = 200;
  private static final int LONGEST_ROW = 500;

  private final TokenList tokens;
  private final Diagnostics diagnostics;

  /// For each bracket that is open, and for the outside, how many suffixes stand in a row just
  /// here.
  private final Deque<Integer> rows = new ArrayDeque<>();

  Nesting(TokenList tokens, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.diagnostics = diagnostics;
  }

  /// Returns what was taken out.
  List<Span> mend() {
    List<Span> skipped = new ArrayList<>();
    rows.push(0);
    int declaration = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (beginsDeclaration(i)) {
        declaration = i;
      }
      if (goesTooFar(i)) {
        int end = endAfter(i);
        report(i);
        skipped.add(tokens.span(declaration, end - 1));
        tokens.remove(declaration, end);
        i = declaration - 1;
        rows.clear();
        rows.push(0);
      }
    }
    return skipped;
  }

  private boolean beginsDeclaration(int i) {
    return Wording.beginsDeclaration(tokens.type(i))
        && tokens.beginsLine(i)
        && tokens.column(i) == 1;
  }

  private int endAfter(int i) {
    int end = i;
    while (tokens.type(end) != Token.EOF && !(end > i && beginsDeclaration(end))) {
      end++;
    }
    return end;
  }

  private void report(int i) {
    diagnostics.report(
        Diagnostic.of(
                Code.NESTED_TOO_DEEPLY, "this is nested too deeply to be read", tokens.span(i))
            .help("name a part of it with `let`"));
  }

  private boolean goesTooFar(int i) {
    switch (tokens.type(i)) {
      case SnnLexer.LPAREN, SnnLexer.LBRACKET, SnnLexer.LBRACE -> {
        rows.push(rows.pop() + 1);
        rows.push(0);
      }
      case SnnLexer.RPAREN, SnnLexer.RBRACKET, SnnLexer.RBRACE -> {
        if (rows.size() > 1) {
          rows.pop();
        }
      }
      case SnnLexer.DOT -> rows.push(rows.pop() + 1);
      case SnnLexer.NAME -> {}
      default -> {
        rows.pop();
        rows.push(0);
      }
    }
    return rows.size() > DEEPEST || rows.element() > LONGEST_ROW;
  }
}
