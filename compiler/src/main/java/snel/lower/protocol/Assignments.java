package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Shapes;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.Expression;

/// `target = value` and its compound forms: variables, and what belongs to the network.
final class Assignments {
  private final Block block;
  private final Work work;
  private final AssignedRanges ranges;

  Assignments(Block block) {
    this.block = block;
    this.work = block.work();
    this.ranges = new AssignedRanges(work);
  }

  Optional<Action> lower(Assign assign, Place place) {
    Meaning target = block.reader().read(assign.target());
    if (target instanceof Meaning.Live(Term term, var _)) {
      TermPaths.in(term).forEach(work.demands()::observes);
      TermPaths.in(term).forEach(work.demands()::assigns);
    }
    if (target instanceof Meaning.Live(Term.Read(String path, _, _), var _)
        && new DerivedInputs(work).hang(path)) {
      work.fault(
          Code.NOT_ASSIGNABLE,
          "the network takes the contrast of `"
              + path
              + "`, which is worked out when it is presented: write `present "
              + path
              + " = …`",
          assign.target().span());
      return Optional.empty();
    }
    return switch (target) {
      case Meaning.Assignable(var variable, var _) ->
          value(assign, variable)
              .map(value -> new Action.Define(variable.slot(), variable.name(), value, place));
      case Meaning.Live(Term.Read(String path, Selection selection, Type type), var _) ->
          value(assign, new Term.Read(path, selection, type))
              .flatMap(value -> ranges.kept(path, value, assign.value().span()))
              .map(value -> new Action.Assign(path, selection, value, place));
      case Meaning.Live(Term.ReadSynapses read, var _) ->
          value(assign, read)
              .flatMap(value -> ranges.kept(read.path(), value, assign.value().span()))
              .map(value ->
                  new Action.AssignSynapses(
                      read.path(), read.projection(), read.pre(), read.post(), value, place));
      case Meaning.Faulty _, Meaning.Fixed(Val.Bad _, var _) -> Optional.empty();
      case Meaning.Live(Term.Element _, var _), Meaning.Live(Term.Part _, var _) -> {
        element(assign.target());
        yield Optional.empty();
      }
      case Meaning.Fixed _, Meaning.Live _, Meaning.Element _, Meaning.Owner _ -> {
        work.fault(
            Code.NOT_ASSIGNABLE,
            "`"
                + Places.text(assign.target().span())
                + "` cannot be assigned: declare it `var`, or assign a parameter, state or input",
            assign.target().span());
        yield Optional.empty();
      }
    };
  }

  /// `xs[3] = 2`, and `A.v[3] = 2 mV`, where a neuron is meant.
  private void element(Expression target) {
    Diagnostic diagnostic =
        Diagnostic.of(
            Code.NOT_ASSIGNABLE,
            "elements of a list are not assigned one by one: assign the list, made anew",
            target.span());
    boolean ofNeuron =
        target instanceof Expression.Index(Expression.Member member, _, _)
            && block.reader().read(member) instanceof Meaning.Live(Term.Read _, var _);
    work.fault(ofNeuron ? diagnostic.help(chosenFirst((Expression.Index) target)) : diagnostic);
  }

  private static String chosenFirst(Expression.Index index) {
    var member = (Expression.Member) index.owner();
    String brackets = Places.text(index.span()).substring(Places.text(member.span()).length());
    return "the neuron is chosen first: `%s%s.%s = …`"
        .formatted(Places.text(member.owner().span()), brackets, member.name().text());
  }

  private Optional<Term> value(Assign assign, Term current) {
    Optional<Term> value =
        block
            .reader()
            .term(assign.value())
            .map(term ->
                current instanceof Term.ReadSynapses read && read.type() instanceof Type.Array
                    ? ElementDraws.each(term, ElementDraws.AS_ASSIGNED)
                    : current instanceof Term.Read read
                        ? ElementDraws.each(term, read.type())
                        : term);
    value.ifPresent(term -> shape(term, current, assign));
    return value.map(term ->
        switch (assign.operator()) {
          case SET -> term;
          case ADD -> combined(Term.Operator.ADD, current, term);
          case SUBTRACT -> combined(Term.Operator.SUBTRACT, current, term);
          case MULTIPLY -> combined(Term.Operator.MULTIPLY, current, term);
          case DIVIDE -> combined(Term.Operator.DIVIDE, current, term);
        });
  }

  /// A single element is one for all; of synapses that are not all of the pairs nothing is known.
  private void shape(Term value, Term target, Assign assign) {
    int given = GivenShape.of(value).map(Shapes::size).orElse(1);
    if (given == 1) {
      return;
    }
    String name = Places.text(assign.target().span());
    Span span = assign.value().span();
    var shapes = new GivenShape(work);
    switch (target) {
      case Term.Read(var _, var _, Type type) -> shapes.check(value, type, name, span);
      case Term.ReadSynapses read
          when read.pre().equals(Selection.ALL) && read.post().equals(Selection.ALL) ->
          work.projection(read.projection())
              .map(all -> List.of(all.source().size(), all.target().size()))
              .filter(pairs -> Shapes.size(pairs) == given)
              .ifPresent(pairs -> shapes.check(value, new Type.Array(pairs), name, span));
      default -> {}
    }
  }

  private static Term combined(Term.Operator operator, Term left, Term right) {
    return new Term.Arithmetic(operator, left, right, Types.arithmetic(operator, left, right));
  }
}
