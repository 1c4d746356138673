package snel.lower.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.diagnostics.Code;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.source.Span;

/// Turns a term over states as they are now into one over their recordings.
final class Recorded {
  /// What samples have as one number has it.
  private static final Set<Function> COURSES = EnumSet.range(Function.ABS, Function.DEVIATION);

  private final Work work;
  private final Span span;

  private Recorded(Work work, Span span) {
    this.work = work;
    this.span = span;
  }

  /// Empty, and reported, if there is no state in it.
  static Optional<Term> of(Work work, Term term, Span span) {
    return new Recorded(work, span).turned(term);
  }

  /// What one number for each recording is: laid out as the neurons are, where all are recorded.
  static Type each(Work work, Term term) {
    return term.type() instanceof Type.Array && isOf(term, work.demands()::isWholeRecorded)
        ? term.type()
        : Type.array(-1);
  }

  /// Whether all states in it are such, and there is one.
  static boolean isOf(Term term, Predicate<String> states) {
    return switch (term) {
      case Term.Read read -> states.test(read.path());
      case Term.ReadSynapses read -> states.test(read.path());
      case Term.Arithmetic(_, var left, var right, _) -> areOf(List.of(left, right), states);
      case Term.Negate(var operand) -> isOf(operand, states);
      case Term.Call(var function, var arguments, _) when COURSES.contains(function) ->
          areOf(arguments, states);
      default -> false;
    };
  }

  private static boolean areOf(List<Term> parts, Predicate<String> states) {
    return parts.stream().allMatch(part -> isPlain(part) || isOf(part, states))
        && !parts.stream().allMatch(Recorded::isPlain);
  }

  private Optional<Term> turned(Term term) {
    return switch (term) {
      case Term.Read(String path, Selection selection, Type _) ->
          Optional.of(series(path, "", selection, Selection.ALL));
      case Term.ReadSynapses read -> {
        FixedPairs.check(work, read, span);
        yield Optional.of(series(read.path(), read.projection(), read.pre(), read.post()));
      }
      case Term.Arithmetic(var operator, var left, var right, Type _) -> {
        Optional<Term> a = part(left);
        Optional<Term> b = part(right);
        yield a.isPresent() && b.isPresent()
            ? Optional.of(new Term.Arithmetic(operator, a.get(), b.get(), Type.SERIES))
            : Optional.empty();
      }
      case Term.Negate(var operand) -> turned(operand).map(Term.Negate::new);
      case Term.Call(var function, var arguments, Type _) when COURSES.contains(function) -> {
        List<Term> parts = new ArrayList<>();
        arguments.forEach(argument -> part(argument).ifPresent(parts::add));
        yield parts.size() == arguments.size()
            ? Optional.of(new Term.Call(function, parts, Type.SERIES))
            : Optional.empty();
      }
      default -> {
        work.fault(Code.WRONG_KIND, "a state that is recorded is wanted here", span);
        yield Optional.empty();
      }
    };
  }

  private Optional<Term> part(Term term) {
    return isPlain(term) ? Optional.of(term) : turned(term);
  }

  private static boolean isPlain(Term term) {
    return term instanceof Term.Number
        || term instanceof Term.Whole
        || term instanceof Term.Variable;
  }

  private Term series(String path, String projection, Selection selection, Selection post) {
    Action.Target.Samples recorder =
        work.demands()
            .sampled(
                new Action.Target.Samples(
                    path,
                    work.recorded(path),
                    projection,
                    selection,
                    post,
                    new Term.Whole(1),
                    false,
                    Unit.NONE));
    boolean isWhole = selection instanceof Selection.All && post instanceof Selection.All;
    return isWhole
        ? new Term.Recorded(path, projection, Selection.ALL, Selection.ALL)
        : new Term.Recorded(
            path, projection, among(recorder.selection(), selection), among(recorder.post(), post));
  }

  /// All are those that are recorded; of others it is known only when running where an index is.
  private Selection among(Selection recorded, Selection wanted) {
    if (wanted instanceof Selection.All || wanted.equals(recorded)) {
      return recorded;
    }
    if (recorded instanceof Selection.All
        || recorded instanceof Selection.At
        || wanted instanceof Selection.At) {
      return wanted;
    }
    List<Integer> there = Selections.listed(recorded);
    Selections.listed(wanted).stream()
        .filter(index -> !there.contains(index))
        .findFirst()
        .ifPresent(index ->
            work.fault(Code.INDEX_OUT_OF_RANGE, "element " + index + " is not recorded", span));
    return wanted;
  }
}
