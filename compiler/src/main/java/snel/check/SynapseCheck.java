package snel.check;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import snel.source.Span;
import snel.syntax.EventName;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.SynapseItem;
import snel.types.Type;
import snel.units.Dimension;

/// Kinds and dimensions in the body of a synapse, by itself or where it is used.
final class SynapseCheck {
  private final Context context;
  private final SynapseModel model;
  private final Scope scope;
  private final ModelChecks shared;
  private final BiConsumer<Type, Span> delivered;
  private final BiConsumer<Type, Span> transmitted;

  SynapseCheck(Context context, SynapseModel model) {
    this(context, model, (type, span) -> {}, (type, span) -> {});
  }

  /// @param delivered is told what `deliver` gives, `transmitted` what `transmit` gives
  SynapseCheck(
      Context context,
      SynapseModel model,
      BiConsumer<Type, Span> delivered,
      BiConsumer<Type, Span> transmitted) {
    this.delivered = delivered;
    this.transmitted = transmitted;
    this.context = context;
    this.model = model;
    this.scope = model.scope();
    this.shared = new ModelChecks(context, scope);
  }

  void check() {
    for (SynapseItem item : model.declaration().items()) {
      item(item);
    }
  }

  private void item(SynapseItem item) {
    switch (item) {
      case Let let -> Lets.check(context, scope, let);
      case ModelItem.OnEvent(var event, var body, _) -> on(event, body);
      case ModelItem.EveryPeriod timed -> {
        shared.item(timed);
        actions(timed.body(), Actions.Delivering.MISPLACED);
      }
      case ModelItem common -> shared.item(common);
      case SynapseItem.WeightVariable w -> bounds(w.name(), w.bounds());
      case SynapseItem.DelayVariable d -> {
        bounds(d.name(), d.bounds());
        Delays.learnable(context, scope, d);
      }
      case SynapseItem.DecayingTrace trace -> {
        Events.ofSynapse(context, model, trace.event());
        shared.amount(trace.tau(), Dimension.TIME, "the time constant of a trace");
        if (trace.amount() != null) {
          context.in(scope).type(trace.amount());
        }
      }
      case SynapseItem.WindowTrace trace -> {
        Events.ofSynapse(context, model, trace.event());
        shared.amount(trace.length(), Dimension.TIME, "the window of a trace");
      }
      case SynapseItem.Transmit(var value, _) ->
          transmitted.accept(context.in(scope).resolved(value), value.span());
      case SynapseItem.Prune(var condition, _) ->
          Conditions.check(context, scope, condition, "`prune when`");
      case SynapseItem.Coincident _, SynapseItem.Sum _ -> {}
    }
  }

  private void on(EventName event, List<snel.syntax.Action> body) {
    Events.ofSynapse(context, model, event);
    boolean pre = event.text().equals("pre") || event.text().startsWith("pre.");
    actions(body, pre ? Actions.Delivering.ALLOWED : Actions.Delivering.MISPLACED);
  }

  private void bounds(snel.syntax.Name name, Expression.@Nullable Range bounds) {
    Bindings.bounds(context, scope, context.type(scope, name), bounds, name);
  }

  private void actions(List<snel.syntax.Action> body, Actions.Delivering delivering) {
    new Actions(context, delivering, delivered).check(body, scope);
  }
}
