package snel.check;

import java.util.List;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NeuronItem;
import snel.units.Dimension;

/// Kinds and dimensions in the body of a neuron.
final class NeuronCheck {
  private final Context context;
  private final NeuronModel model;
  private final Scope scope;
  private final ModelChecks shared;

  NeuronCheck(Context context, NeuronModel model) {
    this.context = context;
    this.model = model;
    this.scope = model.scope();
    this.shared = new ModelChecks(context, scope);
  }

  void check() {
    for (NeuronItem item : model.declaration().items()) {
      item(item);
    }
  }

  private void item(NeuronItem item) {
    switch (item) {
      case Let let -> Lets.check(context, scope, let);
      case ModelItem.OnEvent(var event, var body, _) -> {
        Events.ofNeuron(context, model, event);
        actions(body);
      }
      case ModelItem.EveryPeriod timed -> {
        shared.item(timed);
        actions(timed.body());
      }
      case ModelItem common -> shared.item(common);
      case NeuronItem.SpikeWhen(var condition, _) ->
          Conditions.check(context, scope, condition, "`spike when`");
      case NeuronItem.SpikeOnCrossing(var condition, _) ->
          Conditions.check(context, scope, condition, "`spike on crossing`");
      case NeuronItem.SpikeWithRate(var rate, _) ->
          shared.amount(rate, Dimension.FREQUENCY, "the rate of spikes");
      case NeuronItem.SpikeAt(var time, _) -> shared.amount(time, Dimension.TIME, "a spike time");
      case NeuronItem.Reset(var body, _) -> actions(body);
      case NeuronItem.Refractory refractory -> refractory(refractory);
      case NeuronItem.UserEvent(_, var condition, var body, _, _) -> {
        Conditions.check(context, scope, condition, "`event … when`");
        actions(body == null ? List.of() : body);
      }
    }
  }

  private void refractory(NeuronItem.Refractory refractory) {
    Expression value = refractory.value();
    if (refractory.whileTrue()) {
      Conditions.check(context, scope, value, "`refractory while`");
    } else {
      shared.amount(value, Dimension.TIME, "a refractory time");
    }
    StatesOnly.check(context, scope, refractory.holding(), "`holding`");
  }

  private void actions(List<snel.syntax.Action> body) {
    new Actions(context, Actions.Delivering.MISPLACED).check(body, scope);
  }
}
