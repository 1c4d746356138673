package snel.parse;

import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;
import snel.source.Span;

/// What all tree builders share: the file, where its documentation stands, and where to report
/// faults.
record Origin(SourceFile file, Documentation documentation, Diagnostics diagnostics) {

  Span span(ParserRuleContext context) {
    return span(context.getStart(), context.getStop());
  }

  Span span(Token first, Token last) {
    int start = first.getStartIndex();
    return new Span(file, start, Math.max(start, last.getStopIndex() + 1));
  }

  Span span(Token token) {
    return span(token, token);
  }

  Span span(TerminalNode node) {
    return span(node.getSymbol());
  }

  /// The text of the `///` lines right above, or nothing.
  String documentation(ParserRuleContext context) {
    return documentation.above(context.getStart().getStartIndex());
  }
}
