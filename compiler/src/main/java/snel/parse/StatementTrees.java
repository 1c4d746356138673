package snel.parse;

import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import snel.grammar.SnnParser.AfterStatementContext;
import snel.grammar.SnnParser.AssignmentContext;
import snel.grammar.SnnParser.DoStatementContext;
import snel.grammar.SnnParser.DrivenContext;
import snel.grammar.SnnParser.EveryStatementContext;
import snel.grammar.SnnParser.ExpressionContext;
import snel.grammar.SnnParser.ForStatementContext;
import snel.grammar.SnnParser.IfStatementContext;
import snel.grammar.SnnParser.LetDeclarationContext;
import snel.grammar.SnnParser.NumericsStatementContext;
import snel.grammar.SnnParser.ParameterItemContext;
import snel.grammar.SnnParser.PreciseStatementContext;
import snel.grammar.SnnParser.PresentStatementContext;
import snel.grammar.SnnParser.RepeatStatementContext;
import snel.grammar.SnnParser.RestStatementContext;
import snel.grammar.SnnParser.RunStatementContext;
import snel.grammar.SnnParser.SeedStatementContext;
import snel.grammar.SnnParser.SendStatementContext;
import snel.grammar.SnnParser.StatementBodyContext;
import snel.grammar.SnnParser.StatementContext;
import snel.grammar.SnnParser.StepStatementContext;
import snel.grammar.SnnParser.StopStatementContext;
import snel.grammar.SnnParser.VarStatementContext;
import snel.syntax.ControlStatement;
import snel.syntax.Expression;
import snel.syntax.Statement;

/// Builds statements: those that run something and those that decide what runs. The rest are in
/// [OutcomeTrees].
final class StatementTrees {
  private final ModelTrees models;
  private final NetworkTrees networks;
  private final OutcomeTrees outcomes;
  private final Origin origin;

  StatementTrees(ModelTrees models, NetworkTrees networks) {
    this.models = models;
    this.networks = networks;
    outcomes = new OutcomeTrees(models);
    origin = models.origin;
  }

  List<Statement> body(StatementBodyContext context) {
    return context.statement().stream().map(this::statement).toList();
  }

  Statement statement(StatementContext context) {
    ParseTree child = context.getChild(0);
    return switch (child) {
      case LetDeclarationContext statement -> models.let(statement);
      case VarStatementContext statement ->
          new Statement.Var(
              models.names.name(statement.name()),
              expression(statement.expression()),
              origin.span(statement));
      case ParameterItemContext statement -> models.parameterItem(statement);
      case AssignmentContext statement -> models.actions.assignment(statement);
      case StepStatementContext statement ->
          new Statement.Step(expression(statement.expression()), origin.span(statement));
      case SeedStatementContext statement ->
          new Statement.Seed(expression(statement.expression()), origin.span(statement));
      case NumericsStatementContext statement ->
          new Statement.Numerics(models.names.names(statement.names()), origin.span(statement));
      case PreciseStatementContext statement ->
          new Statement.PreciseSpikeTimes(origin.span(statement));
      case RunStatementContext statement ->
          new Statement.Run(
              expression(statement.expression(0)),
              expressionOrNull(statement.expression(1)),
              origin.span(statement));
      case PresentStatementContext statement ->
          new Statement.Present(
              statement.driven().stream().map(this::driven).toList(),
              expression(statement.expression()),
              origin.span(statement));
      case RestStatementContext statement ->
          new Statement.Rest(expression(statement.expression()), origin.span(statement));
      case SendStatementContext statement -> send(statement);
      case DoStatementContext statement ->
          new Statement.Do(
              models.expressions.reference(statement.reference()),
              models.expressions.arguments(statement.arguments()),
              origin.span(statement));
      default -> {
        Statement control = control(child);
        yield control == null ? outcomes.statement(child) : control;
      }
    };
  }

  private Statement send(SendStatementContext statement) {
    return new Statement.Send(
        models.expressions.reference(statement.reference()),
        models.expressions.arguments(statement.arguments()),
        expressionOrNull(statement.expression()),
        origin.span(statement));
  }

  private Statement.Driven driven(DrivenContext context) {
    return new Statement.Driven(
        models.expressions.reference(context.reference()),
        expression(context.expression()),
        models.words.bin(context.name()),
        origin.span(context));
  }

  private @Nullable Statement control(ParseTree child) {
    return switch (child) {
      case ForStatementContext statement ->
          new ControlStatement.For(
              networks.pattern(statement.pattern()),
              expression(statement.expression()),
              body(statement.statementBody()),
              origin.span(statement));
      case RepeatStatementContext statement -> repeat(statement);
      case EveryStatementContext statement -> every(statement);
      case AfterStatementContext statement ->
          new ControlStatement.After(
              expression(statement.expression()),
              body(statement.statementBody()),
              origin.span(statement));
      case IfStatementContext statement -> choice(statement);
      case StopStatementContext statement ->
          new ControlStatement.StopWhen(expression(statement.expression()), origin.span(statement));
      default -> null;
    };
  }

  private Statement repeat(RepeatStatementContext context) {
    Expression expression = expression(context.expression());
    List<Statement> body = body(context.statementBody());
    return context.UNTIL() != null
        ? new ControlStatement.RepeatUntil(expression, body, origin.span(context))
        : new ControlStatement.RepeatTimes(expression, body, origin.span(context));
  }

  private Statement every(EveryStatementContext context) {
    Expression expression = expression(context.expression());
    List<Statement> body = body(context.statementBody());
    return context.PASSES() != null
        ? new ControlStatement.EveryPasses(expression, body, origin.span(context))
        : new ControlStatement.EveryPeriod(expression, body, origin.span(context));
  }

  private ControlStatement.If choice(IfStatementContext context) {
    List<Statement> otherwise =
        context.ifStatement() != null
            ? List.of(choice(context.ifStatement()))
            : context.statementBody().size() == 2 ? body(context.statementBody(1)) : List.of();
    return new ControlStatement.If(
        expression(context.expression()),
        body(context.statementBody(0)),
        otherwise,
        origin.span(context));
  }

  private Expression expression(ExpressionContext context) {
    return models.expressions.expression(context);
  }

  private @Nullable Expression expressionOrNull(@Nullable ExpressionContext context) {
    return context == null ? null : expression(context);
  }
}
