package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.ir.protocol.Action;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.source.Span;

/// Turns a term over states as they are now into one over their recordings.
final class Recorded {
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

  private Optional<Term> turned(Term term) {
    return switch (term) {
      case Term.Read(String path, Selection selection, Type _) ->
          Optional.of(series(sampled(path, "", selection, Selection.ALL), selection));
      case Term.ReadSynapses read ->
          Optional.of(
              series(
                  sampled(read.path(), read.projection(), read.pre(), read.post()), Selection.ALL));
      case Term.Arithmetic(var operator, var left, var right, Type _) -> {
        Optional<Term> a = part(left);
        Optional<Term> b = part(right);
        yield a.isPresent() && b.isPresent()
            ? Optional.of(new Term.Arithmetic(operator, a.get(), b.get(), Type.SERIES))
            : Optional.empty();
      }
      case Term.Negate(var operand) -> turned(operand).map(Term.Negate::new);
      case Term.Call(var function, var arguments, Type _) -> {
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
    return term instanceof Term.Number
            || term instanceof Term.Whole
            || term instanceof Term.Variable
        ? Optional.of(term)
        : turned(term);
  }

  private Action.Target.Samples sampled(
      String path, String projection, Selection selection, Selection post) {
    return work.demands()
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
  }

  /// The rows of a recorder that belong to a selection of the population.
  private Term series(Action.Target.Samples recorder, Selection wanted) {
    return new Term.Recorded(recorder.path(), rows(recorder.selection(), wanted));
  }

  private Selection rows(Selection recorded, Selection wanted) {
    if (wanted instanceof Selection.All || wanted.equals(recorded)) {
      return Selection.ALL;
    }
    if (recorded instanceof Selection.All) {
      return wanted;
    }
    List<Integer> there = listed(recorded);
    List<Integer> rows = new ArrayList<>();
    for (int index : listed(wanted)) {
      int row = there.indexOf(index);
      if (row < 0) {
        work.fault(Code.INDEX_OUT_OF_RANGE, "element " + index + " is not recorded", span);
        return Selection.ALL;
      }
      rows.add(row);
    }
    return new Selection.Listed(rows);
  }

  private static List<Integer> listed(Selection selection) {
    return switch (selection) {
      case Selection.Range(int from, int until) -> {
        List<Integer> all = new ArrayList<>();
        for (int k = from; k < until; k++) {
          all.add(k);
        }
        yield all;
      }
      case Selection.Listed(var indices) -> indices;
      case Selection.All _, Selection.At _ -> List.of();
    };
  }
}
