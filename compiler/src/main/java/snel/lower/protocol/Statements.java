package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import snel.syntax.Argument;
import snel.syntax.Assign;
import snel.syntax.ControlStatement;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.OutcomeStatement;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;

/// Walks over statements and expressions as written.
final class Statements {
  private Statements() {}

  /// The statements directly inside another.
  static List<Statement> inside(Statement statement) {
    return switch (statement) {
      case ControlStatement.For loop -> loop.body();
      case ControlStatement.RepeatUntil(_, var body, _) -> body;
      case ControlStatement.RepeatTimes(_, var body, _) -> body;
      case ControlStatement.EveryPeriod(_, var body, _) -> body;
      case ControlStatement.EveryPasses(_, var body, _) -> body;
      case ControlStatement.After(_, var body, _) -> body;
      case ControlStatement.If(_, var then, var otherwise, _) ->
          Stream.concat(then.stream(), otherwise.stream()).toList();
      default -> List.of();
    };
  }

  /// A statement and all that is inside it.
  static Stream<Statement> all(Statement statement) {
    return Stream.concat(Stream.of(statement), inside(statement).stream().flatMap(Statements::all));
  }

  /// The expressions that a statement itself holds.
  static List<Expression> expressions(Statement statement) {
    List<Expression> all = new ArrayList<>();
    switch (statement) {
      case Let let -> all.add(let.value());
      case Statement.Var(_, var value, _) -> all.add(value);
      case Assign assign -> {
        all.add(assign.target());
        all.add(assign.value());
      }
      case ModelItem.Parameters _,
          Statement.Step _,
          Statement.Seed _,
          Statement.Numerics _,
          Statement.PreciseSpikeTimes _ -> {}
      case Statement.Run(var what, var until, _) -> {
        all.add(what);
        add(until, all);
      }
      case Statement.Present(var inputs, var duration, _) -> {
        inputs.forEach(driven -> {
          all.add(driven.input());
          all.add(driven.value());
        });
        all.add(duration);
      }
      case Statement.Rest(var duration, _) -> all.add(duration);
      case Statement.Send(var port, var arguments, var after, _) -> {
        all.add(port);
        arguments.forEach(argument -> all.add(argument.value()));
        add(after, all);
      }
      case Statement.Do(var protocol, var arguments, _) -> {
        all.add(protocol);
        arguments.forEach(argument -> all.add(argument.value()));
      }
      case ControlStatement.For(_, var values, _, _) -> all.add(values);
      case ControlStatement.RepeatUntil(var condition, _, _) -> all.add(condition);
      case ControlStatement.RepeatTimes(var count, _, _) -> all.add(count);
      case ControlStatement.EveryPeriod(var period, _, _) -> all.add(period);
      case ControlStatement.EveryPasses(var count, _, _) -> all.add(count);
      case ControlStatement.After(var delay, _, _) -> all.add(delay);
      case ControlStatement.If(var condition, _, _, _) -> all.add(condition);
      case ControlStatement.StopWhen(var condition, _) -> all.add(condition);
      case StateStatement.Freeze(var what, _) -> all.addAll(what.references());
      case StateStatement.Unfreeze(var what, _) -> all.addAll(what.references());
      case StateStatement.Reset(var what, _) -> all.addAll(what.references());
      case StateStatement.Checkpoint _ -> {}
      case StateStatement.Save(var what, _) -> all.add(what);
      case StateStatement.Load(var what, _) -> all.add(what);
      case OutcomeStatement.Recording(var what, var every, _, _) -> {
        all.addAll(what);
        add(every, all);
      }
      case OutcomeStatement.Report(var items, _) -> items.forEach(item -> all.add(item.value()));
      case OutcomeStatement.Expect(var condition, var within, _) -> {
        all.add(condition);
        add(within, all);
      }
      case OutcomeStatement.Fit(var readout, var label, _) -> {
        all.add(readout);
        all.add(label);
      }
      case OutcomeStatement.Score(var readout, var label, _) -> {
        all.add(readout);
        all.add(label);
      }
      case TrainingStatement.Train(_, var optimisers, _) -> all.addAll(optimisers);
      case TrainingStatement.Minimise(var loss, _) -> all.add(loss);
      case TrainingStatement.KeepBest(var score, _) -> all.add(score);
    }
    return all;
  }

  private static void add(
      @org.jspecify.annotations.Nullable Expression expression, List<Expression> all) {
    if (expression != null) {
      all.add(expression);
    }
  }

  /// An expression and all that is inside it.
  static Stream<Expression> all(Expression expression) {
    return Stream.concat(
        Stream.of(expression), inside(expression).stream().flatMap(Statements::all));
  }

  private static List<Expression> inside(Expression expression) {
    return switch (expression) {
      case Expression.Member(var owner, _, _) -> List.of(owner);
      case Expression.Index(var owner, var indices, _) -> {
        List<Expression> all = new ArrayList<>(indices);
        all.add(owner);
        yield all;
      }
      case Expression.Call(var callee, var arguments, _) -> {
        List<Expression> all = new ArrayList<>();
        all.add(callee);
        arguments.stream().map(Argument::value).forEach(all::add);
        yield all;
      }
      case Expression.Unary(_, var operand, _) -> List.of(operand);
      case Expression.Binary(_, var left, var right, _) -> List.of(left, right);
      case Expression.Range(var low, var high, _, _) -> List.of(low, high);
      case Expression.Conditional(var condition, var yes, var no, _) -> List.of(condition, yes, no);
      case Expression.Pipe(var stream, var stage, _) -> List.of(stream, stage);
      case Expression.Array(var elements, _) -> elements;
      case Expression.Tuple(var elements, _) -> elements;
      case Expression.Group(var inner, _) -> List.of(inner);
      case Expression.Number _,
          Expression.Quantity _,
          Expression.Truth _,
          Expression.Text _,
          Expression.Variable _,
          Expression.WholeAxis _,
          Expression.Missing _ ->
          List.of();
    };
  }
}
