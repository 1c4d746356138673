package snel.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.syntax.Assign;
import snel.syntax.ControlStatement;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.OutcomeStatement;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;
import snel.types.Type;
import snel.units.Dimension;

/// Kinds and dimensions in experiments, protocols, sweeps and tests. Statements run in turn: a name
/// exists from where it is declared.
final class Statements {
  private final Context context;
  private final Optional<NetworkModel> network;

  /// @param network that the statements act on
  Statements(Context context, Optional<NetworkModel> network) {
    this.context = context;
    this.network = network;
  }

  /// A body in a scope of its own.
  void body(List<? extends Statement> statements, Scope outer) {
    Scope scope = outer.inner();
    statements.forEach(statement -> check(statement, scope));
  }

  void check(Statement statement, Scope scope) {
    var shared = new ModelChecks(context, scope);
    switch (statement) {
      case Let let -> Lets.local(context, scope, let);
      case Assign assign -> new ExperimentAssignments(context, scope).check(assign);
      case ModelItem.Parameters(var bindings, _, _) -> {
        for (var binding : bindings) {
          Symbol symbol = ModelNames.variable(context, scope, binding, Role.PARAMETER);
          context.usage().local(symbol);
          Names.declare(context, scope, symbol);
          new Bindings(context, scope).parameter(binding);
        }
      }
      case Statement.Var variable -> variable(variable, scope);
      case Statement.Step(var duration, _) -> Steps.check(context, scope, duration);
      case Statement.Seed(var number, _) -> Sizes.seed(context, scope, number);
      case Statement.Numerics(var choices, _) -> NumericsWords.check(context, choices);
      case Statement.PreciseSpikeTimes _ -> {}
      case Statement.Run(var what, var until, _) -> {
        if (!(context.in(scope).resolved(what) instanceof Things.Named)) {
          duration(what, scope, "the length of a run");
        }
        optional(until, scope);
        if (until != null) {
          new Certainty(context, scope).outlasts(what, until);
        }
      }
      case Statement.Present present -> new Presentations(context, scope).check(present);
      case Statement.Rest(var duration, _) -> duration(duration, scope, "the length of a rest");
      case Statement.Send send -> new Sends(context, scope).check(send);
      case Statement.Do call -> new ProtocolCalls(context, scope, network).check(call);
      case ControlStatement control -> control(control, scope);
      case StateStatement state -> new Selections(context, scope).check(state);
      case OutcomeStatement.Recording(var what, var every, _, _) -> {
        what.forEach(reference -> new Recordings(context, scope).check(reference));
        if (every != null) {
          shared.amount(every, Dimension.TIME, "a period");
        }
      }
      case OutcomeStatement.Report report -> {
        OnceOnly.results(context, report);
        report.items().forEach(item -> context.in(scope).type(item.value()));
      }
      case OutcomeStatement.Expect expect -> Expectations.check(context, scope, expect);
      case OutcomeStatement.Fit(var readout, var label, _) -> judged(readout, label, scope);
      case OutcomeStatement.Score(var readout, var label, _) -> judged(readout, label, scope);
      case TrainingStatement training -> training(training, scope);
    }
  }

  private void variable(Statement.Var variable, Scope scope) {
    Type type = Typing.settled(context, context.in(scope).type(variable.value()));
    Symbol symbol =
        Symbol.lazy(
            variable.name(),
            Role.VARIABLE,
            Optional.of(new Symbol.Definition(variable.value(), scope)),
            self -> type);
    context.usage().local(symbol);
    Names.declare(context, scope, symbol);
  }

  /// What else it names is read, and told about where it is taken apart.
  private void training(TrainingStatement training, Scope scope) {
    switch (training) {
      case TrainingStatement.Train train ->
          new TrainingOptions(context, scope, network).check(train);
      case TrainingStatement.Minimise minimise -> LossUnits.check(context, scope, minimise.loss());
      case TrainingStatement.KeepBest keep -> context.in(scope).type(keep.score());
    }
  }

  private void control(ControlStatement control, Scope scope) {
    switch (control) {
      case ControlStatement.For(var pattern, var values, var body, _) -> {
        Loops.check(context, pattern, values, scope);
        Scope inner = scope.inner();
        Loops.declare(context, inner, pattern, values, scope);
        body(body, inner);
      }
      case ControlStatement.RepeatUntil(var condition, var body, _) -> {
        Scope inner = scope.inner();
        body.forEach(statement -> check(statement, inner));
        Conditions.check(context, inner, condition, "`repeat until`");
        if (!LoopsStop.leaves(body)) {
          new Certainty(context, inner).stops(condition, "`repeat until`");
        }
      }
      case ControlStatement.RepeatTimes(var count, var body, _) -> {
        Sizes.counted(context, scope, count, "the number of repetitions", 0);
        body(body, scope);
      }
      case ControlStatement.EveryPeriod(var period, var body, _) -> {
        new ModelChecks(context, scope).amount(period, Dimension.TIME, "a period");
        body(body, scope);
      }
      case ControlStatement.EveryPasses(var count, var body, _) -> {
        Sizes.counted(context, scope, count, "the number of passes", 1);
        body(body, scope);
      }
      case ControlStatement.After(var delay, var body, _) -> {
        new ModelChecks(context, scope).amount(delay, Dimension.TIME, "the time until then");
        body(body, scope);
      }
      case ControlStatement.If(var condition, var then, var otherwise, _) -> {
        Conditions.check(context, scope, condition, "`if`");
        body(then, scope.conditional());
        body(otherwise, scope.conditional());
      }
      case ControlStatement.StopWhen(var condition, _) -> {
        Conditions.check(context, scope, condition, "`stop when`");
        new Certainty(context, scope).stops(condition, "`stop when`");
      }
    }
  }

  private void optional(@Nullable Expression until, Scope scope) {
    if (until != null) {
      Conditions.check(context, scope, until, "`until`");
      new Certainty(context, scope).stops(until, "`until`");
    }
  }

  private void duration(Expression value, Scope scope, String what) {
    new ModelChecks(context, scope).amount(value, Dimension.TIME, what);
    Steps.notNegative(context, scope, value, what);
  }

  private void judged(Expression readout, Expression label, Scope scope) {
    Type type = context.in(scope).resolved(readout);
    if (!(type instanceof Things.Readout) && !Wording.isOpen(type)) {
      WrongKind.report(context, type, readout.span(), WrongKind.READOUT);
    }
    Type answer = context.in(scope).resolved(label);
    if (!(answer instanceof Things.Nothing)) {
      Sizes.check(context, answer, label, "a label");
    }
  }
}
