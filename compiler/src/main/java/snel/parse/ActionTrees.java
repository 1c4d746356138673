package snel.parse;

import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.grammar.SnnParser.ActionBodyContext;
import snel.grammar.SnnParser.ActionContext;
import snel.grammar.SnnParser.AssignmentContext;
import snel.grammar.SnnParser.DeliverActionContext;
import snel.grammar.SnnParser.IfActionContext;
import snel.grammar.SnnParser.LetDeclarationContext;
import snel.syntax.Action;
import snel.syntax.Assign;
import snel.syntax.AssignmentOperator;

/// Builds what stands in handlers.
final class ActionTrees {
  private final ModelTrees models;

  ActionTrees(ModelTrees models) {
    this.models = models;
  }

  List<Action> body(ActionBodyContext context) {
    return context.action().stream().map(this::action).toList();
  }

  private Action action(ActionContext context) {
    return switch (context.getChild(0)) {
      case LetDeclarationContext let -> models.let(let);
      case AssignmentContext assignment -> assignment(assignment);
      case DeliverActionContext deliver ->
          new Action.Deliver(
              models.expressions.expression(deliver.expression()), models.origin.span(deliver));
      case IfActionContext choice -> choice(choice);
      default -> throw new CompilerBug("no action: " + context.getText());
    };
  }

  Assign assignment(AssignmentContext context) {
    return new Assign(
        models.expressions.reference(context.reference()),
        operator(context.getChild(1).getText()),
        models.expressions.expression(context.expression()),
        models.origin.span(context));
  }

  private static AssignmentOperator operator(String text) {
    for (AssignmentOperator operator : AssignmentOperator.values()) {
      if (operator.text().equals(text)) {
        return operator;
      }
    }
    throw new CompilerBug("no assignment: " + text);
  }

  private Action.If choice(IfActionContext context) {
    List<Action> otherwise =
        context.ifAction() != null
            ? List.of(choice(context.ifAction()))
            : context.actionBody().size() == 2 ? body(context.actionBody(1)) : List.of();
    return new Action.If(
        models.expressions.expression(context.expression()),
        body(context.actionBody(0)),
        otherwise,
        models.origin.span(context));
  }
}
