package snel.parse;

import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.units.UnitReading;
import snel.units.Units;

/// `uniform(0, 1) nA`, `n mV`: a unit stands behind a number only.
record UnitBehindValue(TokenList tokens, int statement) {

  /// What to say if word `at` is a unit behind a value that is no number.
  Optional<Diagnostic> explain(int at) {
    int before = at - 1;
    boolean value =
        switch (tokens.type(before)) {
          case SnnLexer.RPAREN, SnnLexer.RBRACKET, SnnLexer.NAME -> true;
          default -> false;
        };
    String unit = tokens.text(at);
    if (before <= statement
        || !value
        || tokens.type(at) != SnnLexer.NAME
        || !(Units.read(unit) instanceof UnitReading.Known)) {
      return Optional.empty();
    }
    String right = tokens.source(first(before), before) + " * 1 " + unit;
    return Optional.of(
        Diagnostic.of(Code.UNEXPECTED_TEXT, "a unit stands behind a number only", tokens.span(at))
            .fix("write `" + right + "`", tokens.span(at), "* 1 " + unit));
  }

  /// Where the value that ends with word `last` begins: a name, a call or a bracket.
  private int first(int last) {
    if (tokens.type(last) == SnnLexer.NAME) {
      return last;
    }
    int depth = 0;
    for (int i = last; i > statement; i--) {
      depth +=
          switch (tokens.type(i)) {
            case SnnLexer.RPAREN, SnnLexer.RBRACKET -> 1;
            case SnnLexer.LPAREN, SnnLexer.LBRACKET -> -1;
            default -> 0;
          };
      if (depth == 0) {
        boolean call = tokens.type(i - 1) == SnnLexer.NAME && tokens.touchesNext(i - 1);
        return call ? i - 1 : i;
      }
    }
    return last;
  }
}
