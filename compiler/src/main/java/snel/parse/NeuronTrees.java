package snel.parse;

import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.grammar.SnnParser.EquationContext;
import snel.grammar.SnnParser.EveryPeriodContext;
import snel.grammar.SnnParser.InputItemContext;
import snel.grammar.SnnParser.IntegrateItemContext;
import snel.grammar.SnnParser.LetDeclarationContext;
import snel.grammar.SnnParser.NeuronItemContext;
import snel.grammar.SnnParser.NoiseItemContext;
import snel.grammar.SnnParser.OnEventContext;
import snel.grammar.SnnParser.ParameterItemContext;
import snel.grammar.SnnParser.ReceiveItemContext;
import snel.grammar.SnnParser.RefractoryItemContext;
import snel.grammar.SnnParser.ResetItemContext;
import snel.grammar.SnnParser.SpikeItemContext;
import snel.grammar.SnnParser.StateItemContext;
import snel.grammar.SnnParser.UserEventContext;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.NeuronItem;

/// Builds the items of neurons.
final class NeuronTrees {
  private final ModelTrees models;

  NeuronTrees(ModelTrees models) {
    this.models = models;
  }

  NeuronItem item(NeuronItemContext context) {
    return switch (context.getChild(0)) {
      case ParameterItemContext item -> models.parameterItem(item);
      case StateItemContext item -> models.states(item);
      case InputItemContext item -> models.input(item, false);
      case LetDeclarationContext item -> models.let(item);
      case NoiseItemContext item -> models.noise(item);
      case EquationContext item -> models.equation(item);
      case ReceiveItemContext item -> models.receive(item, false);
      case OnEventContext item -> models.onEvent(item);
      case EveryPeriodContext item -> models.everyPeriod(item);
      case IntegrateItemContext item -> models.integrate(item);
      case SpikeItemContext item -> spike(item);
      case ResetItemContext item ->
          new NeuronItem.Reset(models.actions.body(item.actionBody()), models.origin.span(item));
      case RefractoryItemContext item -> refractory(item);
      case UserEventContext item -> event(item);
      default -> throw new CompilerBug("no item of a neuron: " + context.getText());
    };
  }

  private NeuronItem spike(SpikeItemContext context) {
    Expression expression = models.expressions.expression(context.expression());
    Span span = models.origin.span(context);
    if (context.WHEN() != null) {
      return new NeuronItem.SpikeWhen(expression, span);
    }
    if (context.CROSSING() != null) {
      return new NeuronItem.SpikeOnCrossing(expression, span);
    }
    return context.RATE() != null
        ? new NeuronItem.SpikeWithRate(expression, span)
        : new NeuronItem.SpikeAt(expression, span);
  }

  private NeuronItem refractory(RefractoryItemContext context) {
    return new NeuronItem.Refractory(
        context.WHILE() != null,
        models.expressions.expression(context.expression()),
        context.names() == null ? List.of() : models.names.names(context.names()),
        context.ACCUMULATES() != null,
        models.origin.span(context));
  }

  private NeuronItem event(UserEventContext context) {
    return new NeuronItem.UserEvent(
        models.names.name(context.name()),
        models.expressions.expression(context.expression()),
        context.actionBody() == null ? null : models.actions.body(context.actionBody()),
        models.origin.documentation(context),
        models.origin.span(context));
  }
}
