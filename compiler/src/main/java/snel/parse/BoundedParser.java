package snel.parse;

import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import snel.grammar.SnnParser;

/// The generated parser, which gives up at the first error and at absurd nesting.
final class BoundedParser extends SnnParser {
  private static final int DEEPEST = 3_000;
  private int depth;

  BoundedParser(CommonTokenStream tokens) {
    super(tokens);
    removeErrorListeners();
    setErrorHandler(new BailErrorStrategy());
  }

  @Override
  public void enterRule(ParserRuleContext context, int state, int rule) {
    depth++;
    if (depth > DEEPEST) {
      throw new TooDeep(getCurrentToken());
    }
    super.enterRule(context, state, rule);
  }

  @Override
  public void exitRule() {
    depth--;
    super.exitRule();
  }

  /// Brackets, signs or blocks are nested more deeply than any program needs.
  static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Token at;

    TooDeep(Token at) {
      super("nested too deeply", null, false, false);
      this.at = at;
    }

    Token at() {
      return at;
    }
  }
}
