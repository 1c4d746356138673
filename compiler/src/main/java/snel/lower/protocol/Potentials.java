package snel.lower.protocol;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.ir.protocol.Action;
import snel.ir.protocol.Function;
import snel.ir.protocol.Selection;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.lower.Needs;
import snel.math.Kind;
import snel.model.Population;
import snel.model.Readout;
import snel.model.Slice;

/// What read-outs want of potentials: the largest ones, and those that decide who wins among
/// neurons that spiked first in one step.
final class Potentials {
  private static final String LOWEST_INDEX = "lowest_index";
  private static final String HIGHEST_POTENTIAL = "highest_potential";

  private final Work work;

  Potentials(Work work) {
    this.work = work;
  }

  /// The largest potential of each neuron in the episode, or in its last part.
  Optional<Term> largest(Readout readout, Slice slice) {
    if (isMissing(slice, readout)) {
      return Optional.empty();
    }
    Selection selection = Selections.of(slice);
    String path = slice.population() + "." + Needs.POTENTIAL;
    work.demands()
        .sampled(
            new Action.Target.Samples(
                path, path, "", selection, Selection.ALL, new Term.Whole(1), false, Unit.NONE));
    Term recorded = new Term.Recorded(path, "", selection, Selection.ALL);
    Double last = readout.numbers().get("last");
    List<Term> arguments =
        last == null || Double.isInfinite(last)
            ? List.of(recorded)
            : List.of(recorded, new Term.Number(last));
    Type row = new Type.Array(List.of(slice.size()));
    return Optional.of(new Term.Call(Function.MAX_OVER_TIME, arguments, row));
  }

  /// What the highest of decides, if something does.
  Optional<Term> ties(Readout readout, Slice slice) {
    String ties = readout.words().getOrDefault("ties", LOWEST_INDEX);
    return switch (ties) {
      case LOWEST_INDEX -> Optional.empty();
      case HIGHEST_POTENTIAL -> potentials(readout, slice);
      default -> {
        work.fault(
            Code.UNKNOWN_OPTION,
            "`ties` is \"%s\" or \"%s\", not \"%s\""
                .formatted(LOWEST_INDEX, HIGHEST_POTENTIAL, ties),
            readout.span());
        yield Optional.empty();
      }
    };
  }

  /// Of each neuron that at its first spike, or the present one if it has none.
  private Optional<Term> potentials(Readout readout, Slice slice) {
    if (isMissing(slice, readout)) {
      return Optional.empty();
    }
    String path = slice.population();
    Selection selection = Selections.of(slice);
    Type row = new Type.Array(List.of(slice.size()));
    Term counts =
        new Term.Call(Function.COUNT_EACH, List.of(new Term.Neurons(path, selection)), row);
    Term spiked = new Term.Compare(Term.Comparison.GREATER, counts, new Term.Number(0), row);
    return Optional.of(
        new Term.Choose(
            spiked,
            new Term.Read(Needs.firstPotential(path), selection, row),
            new Term.Read(path + "." + Needs.POTENTIAL, selection, row),
            row));
  }

  private boolean isMissing(Slice slice, Readout readout) {
    boolean is = work.population(slice.population()).filter(Potentials::hasPotential).isEmpty();
    if (is) {
      work.fault(
          Code.UNKNOWN_MEMBER,
          "this read-out compares the states `%s` of neurons, which those of `%s` have not"
              .formatted(Needs.POTENTIAL, slice.population()),
          readout.span());
    }
    return is;
  }

  private static boolean hasPotential(Population population) {
    return population
        .state(Needs.POTENTIAL)
        .filter(state -> !(state.kind() instanceof Kind.Bool) && !state.shared())
        .isPresent();
  }
}
