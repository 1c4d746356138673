package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.GivenRange;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.Binding;
import snel.syntax.ControlStatement;
import snel.syntax.Expression;
import snel.syntax.Let;
import snel.syntax.ModelItem;
import snel.syntax.OutcomeStatement;
import snel.syntax.Reference;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TrainingStatement;

/// Lowers statements in the order they stand.
final class StatementLowering {
  private final Block block;
  private final Work work;
  private final List<Action> actions = new ArrayList<>();

  private StatementLowering(Block block) {
    this.block = block;
    this.work = block.work();
  }

  /// The actions of a body whose names are the block's own.
  static List<Action> lower(List<? extends Statement> statements, Block block) {
    StatementLowering lowering = new StatementLowering(block);
    statements.forEach(lowering::statement);
    return lowering.actions;
  }

  private void statement(Statement statement) {
    work.mayPresent(!block.inTimer() && isPlain(statement));
    int first = actions.size();
    actions(statement);
    actions
        .subList(first, actions.size())
        .forEach(action -> work.lesson().wrote(action, statement.span(), block.inTimer()));
    actions.addAll(first, work.takeBefore());
  }

  /// Whether its expressions are evaluated once, when its turn comes.
  private static boolean isPlain(Statement statement) {
    return switch (statement) {
      case Let _, Statement.Var _, Assign _ -> true;
      case OutcomeStatement.Expect _, OutcomeStatement.Report _ -> true;
      default -> false;
    };
  }

  private void actions(Statement statement) {
    Place place = work.place(statement.span());
    switch (statement) {
      case Let let -> let(let, place);
      case Statement.Var(var name, var value, _) -> variable(name.text(), value, place);
      case Assign assign -> new Assignments(block).lower(assign, place).ifPresent(actions::add);
      case ModelItem.Parameters(var bindings, _, _) -> bindings.forEach(this::parameter);
      case Statement.Step _,
          Statement.Seed _,
          Statement.Numerics _,
          Statement.PreciseSpikeTimes _ -> {}
      case Statement.Run run -> run(run, place);
      case Statement.Present present -> {
        if (mayRun(present.span())) {
          new Presentations(block).present(present, place, actions);
        }
      }
      case Statement.Rest(var duration, var span) -> {
        mayRun(span);
        new Durations(block)
            .steps(duration)
            .ifPresent(steps -> actions.add(new Action.Rest(steps, place)));
      }
      case Statement.Send send -> new SentEvents(block).send(send, place).ifPresent(actions::add);
      case Statement.Do call -> actions.addAll(new Protocols(block).call(call));
      case ControlStatement control ->
          actions.addAll(new ControlLowering(block).lower(control, place));
      case StateStatement state -> actions.addAll(new StateLowering(block).lower(state, place));
      case OutcomeStatement outcome ->
          new OutcomeLowering(block).lower(outcome, place).ifPresent(actions::add);
      case TrainingStatement training ->
          actions.addAll(new TrainingLowering(block).lower(training, List.copyOf(actions), place));
    }
  }

  private boolean mayRun(Span span) {
    if (block.inTimer()) {
      work.fault(
          Code.MISPLACED_STATEMENT,
          "the network runs already: nothing can be run or presented inside `every` or `after`",
          span);
    }
    return !block.inTimer();
  }

  private void let(Let let, Place place) {
    Meaning meaning = block.reader().read(let.value());
    work.lesson().call(let.name().text(), let.value());
    if (meaning instanceof Meaning.Live(Term term, String unit)) {
      Term.Variable variable = work.variable(let.name().text(), term.type());
      work.times().let(variable, term);
      work.dependence().let(variable, term);
      actions.add(new Action.Define(variable.slot(), variable.name(), term, place));
      block.frame().define(let.name().text(), Meaning.of(variable, unit));
    } else if (meaning instanceof Meaning.Assignable(var source, String unit)) {
      Term.Variable variable = work.variable(let.name().text(), source.type());
      actions.add(new Action.Define(variable.slot(), variable.name(), source, place));
      block.frame().define(let.name().text(), Meaning.of(variable, unit));
    } else {
      block.frame().define(let.name().text(), meaning, let.value());
    }
  }

  private void variable(String name, Expression value, Place place) {
    Meaning meaning = block.reader().read(value);
    Optional<Term> term = block.reader().term(meaning, value.span());
    if (term.isEmpty()) {
      block.frame().define(name, Meaning.FAULTY);
      return;
    }
    Term.Variable variable = work.variable(name, Types.ofVariable(term.get().type()));
    actions.add(new Action.Define(variable.slot(), name, term.get(), place));
    block
        .frame()
        .define(name, new Meaning.Assignable(variable, ExpressionReader.unit(meaning).text()));
  }

  /// `param duration = 10 s` of an experiment: `--set` and sweeps may give another value.
  private void parameter(Binding binding) {
    String name = binding.name().text();
    Optional<Val> set = work.settings().override(work.experiment(), name);
    String unit =
        binding.value() == null ? "" : new WrittenUnit(work, block.frame()).text(binding.value());
    if (set.isPresent()) {
      block.frame().define(name, new Meaning.Fixed(set.get(), unit));
      GivenRange.check(
          work.context(), block.frame().env(), binding, set.get(), binding.name().span());
    } else if (binding.value() != null) {
      block.frame().define(name, block.reader().read(binding.value()));
    } else {
      work.fault(Code.MISSING_ARGUMENT, "`" + name + "` has no value", binding.span());
      block.frame().define(name, Meaning.FAULTY);
    }
  }

  private void run(Statement.Run run, Place place) {
    if (run.what() instanceof Reference reference
        && block.reader().read(reference) instanceof Meaning.Owner(String experiment)) {
      actions.add(new Action.RunExperiment(experiment, place));
      return;
    }
    mayRun(run.span());
    Optional<Term> steps = new Durations(block).steps(run.what());
    List<Term> until = new ArrayList<>();
    if (run.until() != null) {
      block.reader().term(run.until()).ifPresent(until::add);
    }
    steps.ifPresent(count -> actions.add(new Action.Run(count, until, place)));
  }
}
