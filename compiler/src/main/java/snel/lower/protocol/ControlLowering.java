package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.Loops;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Expr;
import snel.syntax.ControlStatement;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.Pattern;
import snel.syntax.Statement;

/// Lowers loops, conditions and timers.
final class ControlLowering {
  private final Block block;
  private final Work work;

  ControlLowering(Block block) {
    this.block = block;
    this.work = block.work();
  }

  List<Action> lower(ControlStatement statement, Place place) {
    boolean isLoop =
        statement instanceof ControlStatement.For
            || statement instanceof ControlStatement.RepeatTimes
            || statement instanceof ControlStatement.RepeatUntil;
    int number = work.loops();
    List<Action> actions = lowered(statement, place);
    if (!isLoop || actions.isEmpty()) {
      return actions;
    }
    List<Action> all = new ArrayList<>(work.onEntering(number));
    all.addAll(actions);
    all.addAll(KeptBest.atEnd(number, work, place));
    return all;
  }

  private List<Action> lowered(ControlStatement statement, Place place) {
    return switch (statement) {
      case ControlStatement.For loop -> forLoop(loop, place);
      case ControlStatement.RepeatUntil(var condition, var body, _) -> {
        int number = work.nextLoop();
        Block inside = block.in(new Loop.Running(number));
        List<Action> actions = StatementLowering.lower(body, inside);
        yield inside
            .reader()
            .term(condition)
            .<List<Action>>map(
                until -> List.of(new Action.RepeatUntil(number, until, actions, place)))
            .orElse(List.of());
      }
      case ControlStatement.RepeatTimes(var count, var body, _) -> {
        int number = work.nextLoop();
        Optional<Term> times = block.reader().term(count);
        List<Action> actions = StatementLowering.lower(body, block.in(new Loop.Running(number)));
        yield times
            .<List<Action>>map(
                term -> List.of(new Action.RepeatTimes(number, term, actions, place)))
            .orElse(List.of());
      }
      case ControlStatement.EveryPeriod(var period, var body, _) -> {
        Optional<Term> steps = new Durations(block).period(period);
        List<Action> actions = StatementLowering.lower(body, block.timer());
        yield steps
            .<List<Action>>map(
                term -> List.of(new Action.EveryTime(work.nextTimer(), term, actions, place)))
            .orElse(List.of());
      }
      case ControlStatement.EveryPasses passes -> everyPasses(passes, place);
      case ControlStatement.After after -> after(after, place);
      case ControlStatement.If(var condition, var then, var otherwise, _) ->
          branch(condition, then, otherwise, place);
      case ControlStatement.StopWhen(var condition, _) when Stalled.is(condition) -> {
        int number = block.innermost().map(Loop::number).orElse(-1);
        yield new Stalled(block, place).stop(condition, number);
      }
      case ControlStatement.StopWhen(var condition, _) -> {
        int number = block.innermost().map(Loop::number).orElse(-1);
        yield block
            .reader()
            .term(condition)
            .<List<Action>>map(term -> List.of(new Action.StopWhen(number, term, place)))
            .orElse(List.of());
      }
    };
  }

  private List<Action> branch(
      Expression condition, List<Statement> then, List<Statement> otherwise, Place place) {
    Meaning test = block.reader().read(condition);
    if (test instanceof Meaning.Fixed(Val.Num(Expr.Truth(boolean known), _), _)) {
      return StatementLowering.lower(known ? then : otherwise, block.inner());
    }
    Optional<Term> term = block.reader().term(test, condition.span());
    List<Action> yes = StatementLowering.lower(then, block.inner());
    List<Action> no = StatementLowering.lower(otherwise, block.inner());
    return term.<List<Action>>map(c -> List.of(new Action.If(c, yes, no, place))).orElse(List.of());
  }

  private List<Action> everyPasses(ControlStatement.EveryPasses passes, Place place) {
    Optional<Loop> loop = block.innermost();
    if (loop.isEmpty()) {
      work.fault(Code.MISPLACED_STATEMENT, "`every … passes` stands in no loop", passes.span());
      return List.of();
    }
    Optional<Term> count = block.reader().term(passes.count());
    List<Action> actions = StatementLowering.lower(passes.body(), block.inner());
    if (count.isEmpty()) {
      return List.of();
    }
    return switch (loop.get()) {
      case Loop.Running(int number) ->
          List.of(new Action.EveryPasses(number, count.get(), actions, place));
      case Loop.Unrolled(int _, int pass) ->
          count.get() instanceof Term.Number(double period) && pass % period == 0
              ? actions
              : List.of();
    };
  }

  /// The body reads loop variables and `let`s as they are when the timer is set.
  private List<Action> after(ControlStatement.After after, Place place) {
    Optional<Term> steps = new Durations(block).steps(after.delay());
    Block inside = block.timer();
    List<Action.Capture> captures = new ArrayList<>();
    block
        .frame()
        .locals()
        .forEach((name, meaning) -> {
          if (meaning instanceof Meaning.Live(Term.Variable variable, String unit)) {
            Term.Variable copy = work.variable(name, variable.type());
            captures.add(new Action.Capture(variable.slot(), copy.slot()));
            Meaning kept = Meaning.of(copy, unit);
            if (block.frame().counts(name)) {
              inside.frame().count(name, kept);
            } else {
              inside.frame().define(name, kept);
            }
          }
        });
    List<Action> actions = StatementLowering.lower(after.body(), inside);
    return steps
        .<List<Action>>map(
            term -> List.of(new Action.After(work.nextTimer(), term, captures, actions, place)))
        .orElse(List.of());
  }

  // for

  private List<Action> forLoop(ControlStatement.For loop, Place place) {
    List<Action> actions = new ArrayList<>();
    for (String readOut : Scores.in(loop.body(), block)) {
      actions.add(new Action.BeginTally(readOut, place));
    }
    Expression values = loop.values().ungrouped();
    Optional<Batches> batches = Batches.of(values);
    if (batches.isPresent()) {
      actions.addAll(overBatches(loop, batches.get(), place));
      return actions;
    }
    if (values instanceof Expression.Range range) {
      actions.addAll(overRange(loop, range, place));
      return actions;
    }
    Meaning meaning = block.reader().read(values);
    if (meaning instanceof Meaning.Fixed(var value, String unit)) {
      Optional<List<Val>> items = Loops.items(value);
      if (items.isPresent() && mustUnroll(loop, items.get())) {
        actions.addAll(unrolled(loop, items.get(), unit, place));
        return actions;
      }
    }
    block
        .reader()
        .term(meaning, values.span())
        .ifPresent(term ->
            actions.addAll(
                Batches.curved(
                    overElements(loop, term, unit(values, meaning), place), work, place)));
    return actions;
  }

  private String unit(Expression values, Meaning meaning) {
    return meaning instanceof Meaning.Live(var _, var unit) && unit.isEmpty()
        ? new WrittenUnit(work, block.frame()).text(values)
        : ExpressionReader.unit(meaning).text();
  }

  private List<Action> overRange(ControlStatement.For loop, Expression.Range range, Place place) {
    Constants constants = new Constants(work, block.frame());
    if (constants.isFixed(range)) {
      Optional<List<Val>> items = Loops.items(constants.evaluate(range));
      if (items.isEmpty()) {
        work.fault(Code.WHOLE_NUMBER_WANTED, "a loop counts in whole numbers", range.span());
        return List.of();
      }
      if (mustUnroll(loop, items.get())) {
        return unrolled(loop, items.get(), "", place);
      }
    }
    Optional<Term> low = block.reader().term(range.lower());
    Optional<Term> high = block.reader().term(range.upper());
    if (!(loop.pattern() instanceof Pattern.One(Name name, _))) {
      work.fault(Code.UNLIKE_SHAPES, "a range gives one number at a time", loop.pattern().span());
      return List.of();
    }
    int number = work.nextLoop();
    Block inside = block.in(new Loop.Running(number));
    Term.Variable variable = work.variable(name.text(), Type.INTEGER);
    inside.frame().count(name.text(), Meaning.of(variable));
    List<Action> body = StatementLowering.lower(loop.body(), inside);
    if (low.isEmpty() || high.isEmpty()) {
      return List.of();
    }
    Term last =
        range.closed()
            ? high.get()
            : new Term.Arithmetic(Term.Operator.SUBTRACT, high.get(), new Term.Whole(1), Type.REAL);
    return List.of(new Action.ForRange(number, variable.slot(), low.get(), last, body, place));
  }

  private List<Action> overElements(
      ControlStatement.For loop, Term values, String unit, Place place) {
    int number = work.nextLoop();
    Block inside = block.in(new Loop.Running(number));
    Type element = Types.element(values.type());
    List<Integer> slots = new ArrayList<>();
    switch (loop.pattern()) {
      case Pattern.One(Name name, _) -> {
        Term.Variable variable = work.variable(name.text(), element);
        slots.add(variable.slot());
        inside.frame().count(name.text(), Meaning.of(variable, unit));
      }
      case Pattern.Several(var names, var span) -> {
        List<Type> parts = element instanceof Type.Tuple(var types) ? types : List.<Type>of();
        if (parts.size() != names.size()) {
          work.fault(
              Code.UNLIKE_SHAPES,
              "the pattern has " + names.size() + " names for " + parts.size() + " parts",
              span);
          return List.of();
        }
        var units = new WrittenUnit(work, block.frame());
        for (int k = 0; k < parts.size(); k++) {
          Term.Variable variable = work.variable(names.get(k).text(), parts.get(k));
          slots.add(variable.slot());
          String own = units.part(loop.values(), k);
          inside.frame().count(names.get(k).text(), Meaning.of(variable, own));
        }
      }
    }
    List<Action> body = StatementLowering.lower(loop.body(), inside);
    return List.of(new Action.ForEach(number, slots, values, body, place));
  }

  /// A batch is as many copies of the network as it has samples, side by side; since each begins
  /// with a reset, they may come one after the other.
  private List<Action> overBatches(ControlStatement.For loop, Batches batches, Place place) {
    int next = work.loops();
    work.lesson().batch(next);
    Optional<Term> count = block.reader().term(batches.count());
    Meaning stream = block.reader().read(batches.stream());
    List<Action> each =
        block
            .reader()
            .term(stream, batches.stream().span())
            .map(term -> overElements(loop, term, "", place))
            .orElse(List.of());
    if (each.isEmpty() || count.isEmpty()) {
      return List.of();
    }
    return batches.lowered((Action.ForEach) each.getFirst(), count.get(), work, place);
  }

  /// A loop whose variable is part of a name, or stands for a part of the network, is unrolled.
  private boolean mustUnroll(ControlStatement.For loop, List<Val> items) {
    if (!items.stream().allMatch(Constants::isConstant)) {
      return true;
    }
    List<String> names =
        switch (loop.pattern()) {
          case Pattern.One(Name name, _) -> List.of(name.text());
          case Pattern.Several(var several, _) -> several.stream().map(Name::text).toList();
        };
    return Families.mentions(loop.body(), names, block);
  }

  private List<Action> unrolled(
      ControlStatement.For loop, List<Val> items, String unit, Place place) {
    int number = work.nextLoop();
    List<Action> all = new ArrayList<>();
    int pass = 1;
    for (Val item : items) {
      Block inside = block.in(new Loop.Unrolled(number, pass++));
      bind(loop, item, unit, inside);
      all.addAll(StatementLowering.lower(loop.body(), inside));
    }
    return List.of(new Action.RepeatTimes(number, new Term.Whole(1), all, place));
  }

  private void bind(ControlStatement.For loop, Val item, String unit, Block inside) {
    switch (loop.pattern()) {
      case Pattern.One(Name name, _) ->
          inside.frame().count(name.text(), new Meaning.Fixed(item, unit));
      case Pattern.Several(var names, var span) -> {
        List<Val> parts =
            switch (item) {
              case Val.Tuple(var list) -> list;
              case Val.Items(var list) -> list;
              default -> List.<Val>of();
            };
        if (parts.size() != names.size()) {
          work.fault(
              Code.UNLIKE_SHAPES,
              "the pattern has " + names.size() + " names for " + parts.size() + " parts",
              span);
        }
        var units = new WrittenUnit(work, block.frame());
        for (int k = 0; k < names.size(); k++) {
          Val part = k < parts.size() ? parts.get(k) : Val.BAD;
          String own = units.part(loop.values(), k);
          inside.frame().count(names.get(k).text(), new Meaning.Fixed(part, own));
        }
      }
    }
  }
}
