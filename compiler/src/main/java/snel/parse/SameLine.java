package snel.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser.ImportDeclarationContext;
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;

/// Line breaks are hidden from the grammar, so that statements on one line have a `;` between them
/// is checked here.
final class SameLine {
  /// `report a, report b = c`: the second is taken for a name that the statement ends with.
  private static final Set<Integer> LISTING = Set.of(SnnLexer.REPORT, SnnLexer.RECORD);

  private final SourceFile source;
  private final LineMap lines;
  private final Consumer<Diagnostic> report;

  SameLine(SourceFile source, Consumer<Diagnostic> report) {
    this.source = source;
    this.lines = new LineMap(source.text());
    this.report = report;
  }

  void check(ParserRuleContext file) {
    Deque<ParserRuleContext> open = new ArrayDeque<>();
    open.push(file);
    while (!open.isEmpty()) {
      ParserRuleContext body = open.pop();
      ParserRuleContext before = null;
      for (ParseTree child : body.children) {
        if (child instanceof ParserRuleContext rule) {
          if (isStatement(rule)) {
            compare(before, rule);
            before = rule;
          }
          if (rule.children != null) {
            open.push(rule);
          }
        } else {
          before = null;
        }
      }
    }
  }

  private static boolean isStatement(ParserRuleContext context) {
    return Place.of(context.getRuleIndex()) != null || context instanceof ImportDeclarationContext;
  }

  private void compare(@Nullable ParserRuleContext before, ParserRuleContext next) {
    int start = next.getStart().getStartIndex();
    if (before == null || lines.line(before.getStop().getStopIndex()) != lines.line(start)) {
      return;
    }
    Token last = before.getStop();
    if (LISTING.contains(last.getType()) && last.getType() == before.getStart().getType()) {
      var again = new Span(source, last.getStartIndex(), last.getStopIndex() + 1);
      report.accept(StatementHabits.takesList(last.getText(), again));
      return;
    }
    String first = next.getStart().getText();
    if (NetworkHabits.isClause(next.getStart().getType())
        && next.getText().startsWith(first + "=")) {
      int sign = source.text().indexOf('=', next.getStart().getStopIndex());
      report.accept(NetworkHabits.clauseBySign(first, new Span(source, sign, sign + 1)));
      return;
    }
    Span word = new Span(source, start, next.getStart().getStopIndex() + 1);
    String text =
        "two statements on one line: write `;` or an operator before "
            + Wording.shown(next.getStart().getText());
    report.accept(
        Diagnostic.of(Code.TWO_STATEMENTS_ON_ONE_LINE, text, word)
            .fix("write `;`", new Span(source, start, start), "; "));
  }
}
