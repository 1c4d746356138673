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
    if (balanced()) {
      return;
    }
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.type(i)) {
        case SnnLexer.LBRACE -> open.push(i);
        case SnnLexer.RBRACE -> i = close(i, open);
        case Token.EOF -> i = closeAll(i, open);
        default -> {
          if (isDeclarationAtMargin(i)
              && !open.isEmpty()
              && column(open.peek()) >= tokens.column(i)) {
            i = closeAll(i, open);
          }
        }
      }
    }
  }

  private boolean balanced() {
    int depth = 0;
    for (int i = 0; i < tokens.size() && depth >= 0; i++) {
      depth += tokens.type(i) == SnnLexer.LBRACE ? 1 : tokens.type(i) == SnnLexer.RBRACE ? -1 : 0;
    }
    return depth == 0;
  }

  private boolean isDeclarationAtMargin(int i) {
    return DECLARATION_WORDS.contains(tokens.type(i)) && tokens.beginsLine(i);
  }

  /// The column at which the line with word `i` begins.
  private int column(int i) {
    return tokens.column(tokens.lineStart(i));
  }

  private int close(int brace, Deque<Integer> open) {
    int i = brace;
    if (tokens.beginsLine(i)) {
      while (open.size() > 1 && column(open.peek()) > tokens.column(i)) {
        i = missing(i, open.pop());
      }
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

  private int closeAll(int before, Deque<Integer> open) {
    int i = before;
    boolean first = true;
    while (!open.isEmpty()) {
      int opener = open.pop();
      if (first) {
        i = missing(i, opener);
        first = false;
      } else {
        tokens.insert(i, SnnLexer.RBRACE, "}");
        i++;
      }
    }
    return i;
  }

  /// Closes `opener` before word `i`; returns where word `i` stands then.
  private int missing(int i, int opener) {
    int start = tokens.lineStart(opener);
    diagnostics.report(
        Diagnostic.of(
                Code.UNBALANCED_BRACKET,
                "the `{` of `"
                    + tokens.source(start, Math.min(opener, start + 1)).strip()
                    + "` is never closed",
                tokens.span(opener))
            .label(tokens.span(i), "a `}` is missing before this"));
    tokens.insert(i, SnnLexer.RBRACE, "}");
    return i + 1;
  }
}
