package snel.parse;

import org.jspecify.annotations.Nullable;
import snel.diagnostics.CompilerBug;
import snel.grammar.SnnParser.BoundsContext;
import snel.grammar.SnnParser.CoincidentItemContext;
import snel.grammar.SnnParser.DelayVariableContext;
import snel.grammar.SnnParser.EquationContext;
import snel.grammar.SnnParser.EveryPeriodContext;
import snel.grammar.SnnParser.InputItemContext;
import snel.grammar.SnnParser.IntegrateItemContext;
import snel.grammar.SnnParser.LetDeclarationContext;
import snel.grammar.SnnParser.NoiseItemContext;
import snel.grammar.SnnParser.OnEventContext;
import snel.grammar.SnnParser.ParameterItemContext;
import snel.grammar.SnnParser.PruneItemContext;
import snel.grammar.SnnParser.ReceiveItemContext;
import snel.grammar.SnnParser.StateItemContext;
import snel.grammar.SnnParser.SumItemContext;
import snel.grammar.SnnParser.SynapseItemContext;
import snel.grammar.SnnParser.TraceItemContext;
import snel.grammar.SnnParser.TransmitItemContext;
import snel.grammar.SnnParser.WeightVariableContext;
import snel.source.Span;
import snel.syntax.EventName;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.SynapseItem;
import snel.syntax.SynapseItem.TraceJump;

/// Builds the items of synapses.
final class SynapseTrees {
  private final ModelTrees models;
  private final Origin origin;
  private final ExpressionTrees expressions;

  SynapseTrees(ModelTrees models) {
    this.models = models;
    origin = models.origin;
    expressions = models.expressions;
  }

  SynapseItem item(SynapseItemContext context) {
    return switch (context.getChild(0)) {
      case ParameterItemContext item -> models.parameterItem(item);
      case StateItemContext item -> models.states(item);
      case InputItemContext item -> models.input(item, true);
      case LetDeclarationContext item -> models.let(item);
      case NoiseItemContext item -> models.noise(item);
      case EquationContext item -> models.equation(item);
      case ReceiveItemContext item -> models.receive(item, true);
      case OnEventContext item -> models.onEvent(item);
      case EveryPeriodContext item -> models.everyPeriod(item);
      case IntegrateItemContext item -> models.integrate(item);
      case WeightVariableContext item -> weight(item);
      case DelayVariableContext item -> delay(item);
      case TraceItemContext item -> trace(item);
      case TransmitItemContext item ->
          new SynapseItem.Transmit(expressions.expression(item.expression()), origin.span(item));
      case PruneItemContext item ->
          new SynapseItem.Prune(expressions.expression(item.expression()), origin.span(item));
      case CoincidentItemContext item ->
          new SynapseItem.Coincident(models.words.first(item.name()), origin.span(item));
      case SumItemContext item -> sum(item);
      default -> throw new CompilerBug("no item of a synapse: " + context.getText());
    };
  }

  private SynapseItem weight(WeightVariableContext context) {
    return new SynapseItem.WeightVariable(
        models.names.name(context.name()),
        models.types.type(context.type()),
        bounds(context.bounds()),
        origin.documentation(context),
        origin.span(context));
  }

  private SynapseItem delay(DelayVariableContext context) {
    return new SynapseItem.DelayVariable(
        models.names.name(context.name()),
        models.types.type(context.type()),
        bounds(context.bounds()),
        origin.documentation(context),
        origin.span(context));
  }

  private Expression.@Nullable Range bounds(@Nullable BoundsContext context) {
    return context == null ? null : expressions.bounds(context);
  }

  private SynapseItem trace(TraceItemContext context) {
    Name name = models.names.name(context.name());
    EventName event = models.names.event(context.eventName());
    Expression first = expressions.expression(context.expression(0));
    String documentation = origin.documentation(context);
    Span span = origin.span(context);
    if (context.WINDOW() != null) {
      return new SynapseItem.WindowTrace(name, event, first, documentation, span);
    }
    TraceJump jump =
        context.SET() != null ? TraceJump.SET : context.ADD() != null ? TraceJump.ADD : null;
    Expression amount = jump == null ? null : expressions.expression(context.expression(1));
    return new SynapseItem.DecayingTrace(name, event, first, jump, amount, documentation, span);
  }

  private SynapseItem sum(SumItemContext context) {
    return new SynapseItem.Sum(models.words.sumOfSynapses(context.name()), origin.span(context));
  }
}
