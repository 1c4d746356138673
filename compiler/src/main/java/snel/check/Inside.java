package snel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import snel.syntax.Action;
import snel.syntax.Argument;
import snel.syntax.Assign;
import snel.syntax.Binding;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.ControlStatement;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.NetworkItem;
import snel.syntax.NeuronItem;
import snel.syntax.Node;
import snel.syntax.OutcomeStatement;
import snel.syntax.Rule;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.SynapseItem;
import snel.syntax.TestItem;
import snel.syntax.TrainingStatement;

/// The expressions that stand in items and statements, nested bodies included.
public final class Inside {
  private final List<Expression> found = new ArrayList<>();

  private Inside() {}

  /// The items of a neuron, synapse or network.
  static List<? extends Node> model(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Neuron neuron -> neuron.items();
      case Declaration.Synapse synapse -> synapse.items();
      case Declaration.Network network -> network.items();
      case Declaration.Experiment _, Declaration.Test _, Declaration.Sweep _ -> List.of();
      case Declaration.Data _, Declaration.Function _, Declaration.Deployment _, Let _ -> List.of();
    };
  }

  static List<Expression> items(List<? extends Node> items) {
    var inside = new Inside();
    items.forEach(inside::node);
    return inside.found;
  }

  static List<Expression> item(Node item) {
    return items(List.of(item));
  }

  /// Calls `visit` for each statement, those of nested bodies included.
  public static void statements(List<? extends TestItem> body, Consumer<Statement> visit) {
    for (TestItem item : body) {
      if (item instanceof Statement statement) {
        visit.accept(statement);
        statements(nested(statement), visit);
      }
    }
  }

  /// The statements of the bodies that a statement has.
  static List<Statement> nested(Statement statement) {
    if (!(statement instanceof ControlStatement control)) {
      return List.of();
    }
    return switch (control) {
      case ControlStatement.For loop -> loop.body();
      case ControlStatement.RepeatUntil loop -> loop.body();
      case ControlStatement.RepeatTimes loop -> loop.body();
      case ControlStatement.EveryPeriod timed -> timed.body();
      case ControlStatement.EveryPasses timed -> timed.body();
      case ControlStatement.After timed -> timed.body();
      case ControlStatement.If(_, var then, var otherwise, _) -> {
        var both = new ArrayList<>(then);
        both.addAll(otherwise);
        yield both;
      }
      case ControlStatement.StopWhen _ -> List.of();
    };
  }

  private void add(@Nullable Expression expression) {
    if (expression != null) {
      found.add(expression);
    }
  }

  private void arguments(List<Argument> arguments) {
    arguments.forEach(a -> found.add(a.value()));
  }

  private void rule(Rule rule) {
    arguments(rule.arguments());
  }

  private void binding(Binding binding) {
    add(binding.value());
    add(binding.bounds());
  }

  private void node(Node node) {
    switch (node) {
      case ModelItem item -> model(item);
      case NeuronItem item -> neuron(item);
      case SynapseItem item -> synapse(item);
      case NetworkItem item -> network(item);
      case Action action -> action(action);
      case Statement statement -> statement(statement);
      default -> {}
    }
  }

  private void model(ModelItem item) {
    switch (item) {
      case ModelItem.Parameters(var bindings, _, _) -> bindings.forEach(this::binding);
      case ModelItem.States(_, _, var bindings, _, _) -> bindings.forEach(this::binding);
      case ModelItem.Input input -> add(input.fallback());
      case ModelItem.Noise _ -> {}
      case ModelItem.Equation equation -> add(equation.value());
      case ModelItem.Receive receive -> receive.body().forEach(this::action);
      case ModelItem.OnEvent(_, var body, _) -> body.forEach(this::action);
      case ModelItem.EveryPeriod(var period, var body, _) -> {
        add(period);
        body.forEach(this::action);
      }
      case ModelItem.Integrate integrate -> rule(integrate.method());
    }
  }

  private void neuron(NeuronItem item) {
    switch (item) {
      case Let let -> add(let.value());
      case NeuronItem.SpikeWhen(var condition, _) -> add(condition);
      case NeuronItem.SpikeOnCrossing(var condition, _) -> add(condition);
      case NeuronItem.SpikeWithRate(var rate, _) -> add(rate);
      case NeuronItem.SpikeAt(var time, _) -> add(time);
      case NeuronItem.Reset(var body, _) -> body.forEach(this::action);
      case NeuronItem.Refractory refractory -> add(refractory.value());
      case NeuronItem.UserEvent(_, var condition, var body, _, _) -> {
        add(condition);
        if (body != null) {
          body.forEach(this::action);
        }
      }
      case ModelItem model -> model(model);
    }
  }

  private void synapse(SynapseItem item) {
    switch (item) {
      case Let let -> add(let.value());
      case SynapseItem.WeightVariable weight -> add(weight.bounds());
      case SynapseItem.DelayVariable delay -> add(delay.bounds());
      case SynapseItem.DecayingTrace trace -> {
        add(trace.tau());
        add(trace.amount());
      }
      case SynapseItem.WindowTrace trace -> add(trace.length());
      case SynapseItem.Transmit(var value, _) -> add(value);
      case SynapseItem.Prune(var condition, _) -> add(condition);
      case SynapseItem.Coincident _, SynapseItem.Sum _ -> {}
      case ModelItem model -> model(model);
    }
  }

  private void network(NetworkItem item) {
    switch (item) {
      case Let let -> add(let.value());
      case NetworkItem.Output output -> add(output.value());
      case NetworkItem.Population population -> {
        found.addAll(population.model().shape());
        arguments(population.model().arguments());
      }
      case NetworkItem.Part part -> arguments(part.network().arguments());
      case NetworkItem.Drive drive -> {
        rule(drive.source());
        if (drive.weight() != null) {
          add(drive.weight());
        }
      }
      case NetworkItem.Readout readout -> arguments(readout.kind().arguments());
      case NetworkItem.Protocol protocol -> protocol.body().forEach(this::statement);
      case NetworkItem.For loop -> {
        add(loop.values());
        loop.body().forEach(this::network);
      }
      case NetworkItem.If(var condition, var then, var otherwise, _) -> {
        add(condition);
        then.forEach(this::network);
        otherwise.forEach(this::network);
      }
      case Connect connect -> {
        rule(connect.rule());
        connect.clauses().forEach(this::clause);
      }
      case ModelItem model -> model(model);
    }
  }

  private void clause(Clause clause) {
    switch (clause) {
      case Clause.Where(var condition, _) -> add(condition);
      case Clause.Weight(var value, _) -> add(value);
      case Clause.TiedTo(var weights, _) -> add(weights);
      case Clause.Delay(_, var value, _) -> add(value);
      case Clause.Instant _ -> {}
      case Clause.SynapseModel(var model, _) -> rule(model);
      case Clause.Normalise normalise -> add(normalise.total());
      case Clause.Grow(var rule, var period, _) -> {
        rule(rule);
        add(period);
      }
    }
  }

  private void action(Action action) {
    switch (action) {
      case Assign assign -> add(assign.value());
      case Let let -> add(let.value());
      case Action.Deliver deliver -> add(deliver.amount());
      case Action.If(var condition, var then, var otherwise, _) -> {
        add(condition);
        then.forEach(this::action);
        otherwise.forEach(this::action);
      }
    }
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Let let -> add(let.value());
      case Assign assign -> add(assign.value());
      case ModelItem.Parameters parameters -> model(parameters);
      case Statement.Var variable -> add(variable.value());
      case Statement.Step(var duration, _) -> add(duration);
      case Statement.Seed(var number, _) -> add(number);
      case Statement.Numerics _, Statement.PreciseSpikeTimes _ -> {}
      case Statement.Run(var what, var until, _) -> {
        add(what);
        add(until);
      }
      case Statement.Present(var inputs, var duration, _) -> {
        inputs.forEach(i -> add(i.value()));
        add(duration);
      }
      case Statement.Rest(var duration, _) -> add(duration);
      case Statement.Send send -> {
        arguments(send.arguments());
        add(send.after());
      }
      case Statement.Do call -> arguments(call.arguments());
      case ControlStatement control -> control(control);
      case StateStatement state -> state(state);
      case OutcomeStatement outcome -> outcome(outcome);
      case TrainingStatement _ -> {}
    }
  }

  private void control(ControlStatement control) {
    switch (control) {
      case ControlStatement.For loop -> add(loop.values());
      case ControlStatement.RepeatUntil loop -> add(loop.condition());
      case ControlStatement.RepeatTimes loop -> add(loop.count());
      case ControlStatement.EveryPeriod timed -> add(timed.period());
      case ControlStatement.EveryPasses timed -> add(timed.count());
      case ControlStatement.After timed -> add(timed.delay());
      case ControlStatement.If branch -> add(branch.condition());
      case ControlStatement.StopWhen stop -> add(stop.condition());
    }
    nested(control).forEach(this::statement);
  }

  private void state(StateStatement state) {
    switch (state) {
      case StateStatement.Save(var what, _) -> add(what);
      case StateStatement.Load(var what, _) -> add(what);
      case StateStatement.Freeze _, StateStatement.Unfreeze _ -> {}
      case StateStatement.Reset _, StateStatement.Checkpoint _ -> {}
    }
  }

  private void outcome(OutcomeStatement outcome) {
    switch (outcome) {
      case OutcomeStatement.Recording(_, var every, _, _) -> add(every);
      case OutcomeStatement.Report(var items, _) -> items.forEach(i -> add(i.value()));
      case OutcomeStatement.Expect(var condition, var within, _) -> {
        add(condition);
        add(within);
      }
      case OutcomeStatement.Fit(_, var label, _) -> add(label);
      case OutcomeStatement.Score(_, var label, _) -> add(label);
    }
  }
}
