package snel.parse;

import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.CompilerBug;
import snel.grammar.SnnParser.CheckpointStatementContext;
import snel.grammar.SnnParser.ExpectStatementContext;
import snel.grammar.SnnParser.ExpressionContext;
import snel.grammar.SnnParser.FitStatementContext;
import snel.grammar.SnnParser.FreezeStatementContext;
import snel.grammar.SnnParser.KeepStatementContext;
import snel.grammar.SnnParser.LoadStatementContext;
import snel.grammar.SnnParser.MinimiseStatementContext;
import snel.grammar.SnnParser.RecordStatementContext;
import snel.grammar.SnnParser.ReportStatementContext;
import snel.grammar.SnnParser.ReportedContext;
import snel.grammar.SnnParser.ResetStatementContext;
import snel.grammar.SnnParser.SaveStatementContext;
import snel.grammar.SnnParser.ScoreStatementContext;
import snel.grammar.SnnParser.SelectionContext;
import snel.grammar.SnnParser.TrainStatementContext;
import snel.grammar.SnnParser.UnfreezeStatementContext;
import snel.syntax.Expression;
import snel.syntax.OutcomeStatement;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;

/// Builds the statements that hold and restore state, record, report, judge and train.
final class OutcomeTrees {
  private final ModelTrees models;
  private final Origin origin;

  OutcomeTrees(ModelTrees models) {
    this.models = models;
    origin = models.origin;
  }

  Statement statement(ParseTree child) {
    Statement state = state(child);
    return state == null ? outcome(child) : state;
  }

  private @Nullable Statement state(ParseTree child) {
    return switch (child) {
      case FreezeStatementContext statement ->
          new StateStatement.Freeze(selection(statement.selection()), origin.span(statement));
      case UnfreezeStatementContext statement ->
          new StateStatement.Unfreeze(selection(statement.selection()), origin.span(statement));
      case ResetStatementContext statement ->
          new StateStatement.Reset(selection(statement.selection()), origin.span(statement));
      case CheckpointStatementContext statement ->
          new StateStatement.Checkpoint(origin.span(statement));
      case SaveStatementContext statement ->
          new StateStatement.Save(expression(statement.expression()), origin.span(statement));
      case LoadStatementContext statement ->
          new StateStatement.Load(expression(statement.expression()), origin.span(statement));
      default -> null;
    };
  }

  private StateStatement.Selection selection(SelectionContext context) {
    return new StateStatement.Selection(
        context.ALL() != null,
        context.references() == null
            ? List.of()
            : models.expressions.references(context.references()),
        origin.span(context));
  }

  private Statement outcome(ParseTree child) {
    return switch (child) {
      case RecordStatementContext statement ->
          new OutcomeStatement.Recording(
              models.expressions.references(statement.references()),
              expressionOrNull(statement.expression()),
              statement.DELIVER() != null,
              origin.span(statement));
      case ReportStatementContext statement ->
          new OutcomeStatement.Report(
              statement.reported().stream().map(this::reported).toList(), origin.span(statement));
      case ExpectStatementContext statement ->
          new OutcomeStatement.Expect(
              expression(statement.expression(0)),
              expressionOrNull(statement.expression(1)),
              origin.span(statement));
      case FitStatementContext statement ->
          new OutcomeStatement.Fit(
              models.expressions.reference(statement.reference()),
              expression(statement.expression()),
              origin.span(statement));
      case ScoreStatementContext statement ->
          new OutcomeStatement.Score(
              models.expressions.reference(statement.reference()),
              expression(statement.expression()),
              origin.span(statement));
      case TrainStatementContext statement ->
          new TrainingStatement.Train(
              models.rule(statement.choice()),
              statement.expressions() == null
                  ? List.of()
                  : models.expressions.expressions(statement.expressions()),
              origin.span(statement));
      case MinimiseStatementContext statement ->
          new TrainingStatement.Minimise(
              expression(statement.expression()), origin.span(statement));
      case KeepStatementContext statement ->
          new TrainingStatement.KeepBest(
              expression(statement.expression()), origin.span(statement));
      default -> throw new CompilerBug("no statement: " + child.getText());
    };
  }

  private OutcomeStatement.Reported reported(ReportedContext context) {
    return new OutcomeStatement.Reported(
        context.name() == null ? null : models.names.name(context.name()),
        expression(context.expression()),
        origin.span(context));
  }

  private Expression expression(ExpressionContext context) {
    return models.expressions.expression(context);
  }

  private @Nullable Expression expressionOrNull(@Nullable ExpressionContext context) {
    return context == null ? null : expression(context);
  }
}
