package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Place;
import snel.ir.protocol.Term;

/// A value that is worked out anew at each step of a presentation, but for what a presentation has
/// once: what is drawn, and what the input itself was.
final class Followed {
  private static final Set<Function> DRAWING =
      Set.of(
          Function.RANDOM_TRAINS, Function.RANDOM_MOMENTS, Function.RANDOM_LABELS, Function.JITTER);

  private final Work work;
  private final String input;
  private final Place place;
  private final List<Action> before;

  /// @param input path of what is presented
  /// @param before where that is put which is worked out when the presentation begins
  Followed(Work work, String input, Place place, List<Action> before) {
    this.work = work;
    this.input = input;
    this.place = place;
    this.before = before;
  }

  Term value(Term term) {
    return inside(term, List.of());
  }

  /// @param around the arguments of functions that the term may speak of, outer ones first
  private Term inside(Term term, List<Term.Let> around) {
    if (isOnce(term)) {
      return held(term, around);
    }
    if (term instanceof Term.Let(var variable, var value, var in)) {
      var let = new Term.Let(variable, inside(value, around), in);
      List<Term.Let> within = new ArrayList<>(around);
      within.add(let);
      return new Term.Let(variable, let.value(), inside(in, within));
    }
    return Parts.with(term, part -> inside(part, around));
  }

  /// A number drawn around what changes with `t` is another one at each step.
  private boolean isOnce(Term term) {
    boolean isDrawn =
        term instanceof Term.Draw
            || term instanceof Term.Call(Function function, _, _) && DRAWING.contains(function);
    return isDrawn && !TimeDependence.has(term)
        || term instanceof Term.Read(String path, _, _) && path.equals(input);
  }

  private Term held(Term term, List<Term.Let> around) {
    Term value = term;
    for (Term.Let let : around.reversed()) {
      value = new Term.Let(let.variable(), let.value(), value);
    }
    Term.Variable once = work.variable("once", term.type());
    before.add(new Action.Define(once.slot(), once.name(), value, place));
    return once;
  }
}
