package snel.target.jvm.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import snel.ir.protocol.Action;
import snel.ir.protocol.Action.Learning;
import snel.ir.protocol.Function;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;

/// A loop whose passes have nothing to do with each other but for what is added up: each begins
/// with `reset all`, shows a sample, and asks only what this sample did.
///
/// @param sample what a pass does with its sample
/// @param update what comes after every so many passes, if anything does
record ApartPasses(List<Action> sample, Optional<Action.EveryPasses> update) {
  private static final Set<Function> OF_ONE_SAMPLE = EnumSet.range(Function.ABS, Function.FILTERED);
  private static final Set<Function> COUNTED =
      EnumSet.of(
          Function.RANDOM_TRAINS, Function.RANDOM_MOMENTS, Function.RANDOM_LABELS, Function.JITTER);
  private static final Set<Function> OF_THE_LATEST =
      EnumSet.range(Function.COUNT, Function.FILTERED);

  static Optional<ApartPasses> of(Action.ForEach loop) {
    List<Action> sample = new ArrayList<>(loop.body());
    Optional<Action.EveryPasses> update = Optional.empty();
    if (!sample.isEmpty()
        && sample.getLast() instanceof Action.EveryPasses every
        && every.loop() == loop.loop()
        && isUpdate(every)) {
      sample.removeLast();
      update = Optional.of(every);
    }
    return areApart(sample, loop.slots())
        ? Optional.of(new ApartPasses(sample, update))
        : Optional.empty();
  }

  /// So many passes have the same weights.
  long period() {
    return update.map(every -> constant(every.passes()).orElseThrow()).orElse(Long.MAX_VALUE);
  }

  private static OptionalLong constant(Term term) {
    return switch (term) {
      case Term.Whole(long value) -> OptionalLong.of(value);
      case Term.Number(double value) when value == Math.rint(value) ->
          OptionalLong.of((long) value);
      default -> OptionalLong.empty();
    };
  }

  private static boolean isUpdate(Action.EveryPasses every) {
    return constant(every.passes()).isPresent()
        && every.body().stream().allMatch(ApartPasses::isOfUpdate);
  }

  /// Whether it is the update, or tells of the loss.
  private static boolean isOfUpdate(Action action) {
    return action instanceof Action.Learn(var what, _, _) && what == Learning.UPDATE
        || action instanceof Action.If(Term.Call(var function, _, _), _, _, _)
            && function == Function.LOSS_IS_DUE;
  }

  private static boolean areApart(List<Action> sample, List<Integer> slots) {
    Set<Integer> later = new HashSet<>();
    sample.forEach(action -> {
      if (action instanceof Action.Define(int slot, _, _, _)) {
        later.add(slot);
      }
    });
    later.removeAll(slots);
    boolean isReset = false;
    boolean isShown = false;
    for (Action action : sample) {
      boolean shown = isShown;
      if (!Parts.of(action).stream().allMatch(term -> isApart(term, later, shown))) {
        return false;
      }
      switch (action) {
        case Action.Reset(boolean all, var paths, _) -> {
          if (isReset || !all || !paths.isEmpty()) {
            return false;
          }
          isReset = true;
        }
        case Action.Present _, Action.Run _ -> {
          boolean isKnown =
              Parts.shown(action)
                  .map(ApartPasses::constant)
                  .filter(OptionalLong::isPresent)
                  .isPresent();
          if (!isReset || !isKnown) {
            return false;
          }
          isShown = true;
        }
        case Action.Rest(var steps, _) -> {
          if (!isReset || constant(steps).isEmpty()) {
            return false;
          }
        }
        case Action.Define(int slot, _, _, _) -> later.remove(slot);
        case Action.Score _, Action.Fit _ -> {
          if (!isShown) {
            return false;
          }
        }
        case Action.Learn(var what, _, _) -> {
          if (what != Learning.MINIMISE || !isShown) {
            return false;
          }
        }
        default -> {
          return false;
        }
      }
    }
    return isShown;
  }

  /// @param later slots that this pass sets only later: they hold what the pass before left
  private static boolean isApart(Term whole, Set<Integer> later, boolean isShown) {
    boolean[] apart = {true};
    Parts.eachTerm(
        whole,
        term ->
            apart[0] &=
                switch (term) {
                  case Term.Variable(int slot, _, _) -> !later.contains(slot);
                  case Term.Call(var function, _, _) ->
                      OF_ONE_SAMPLE.contains(function)
                          && !COUNTED.contains(function)
                          && (isShown || !OF_THE_LATEST.contains(function));
                  case Term.Read _, Term.ReadSynapses _, Term.Spikes _, Term.Recorded _ -> isShown;
                  case Term.Draw _,
                      Term.Label _,
                      Term.ReadOut _,
                      Term.Data _,
                      Term.Staged _,
                      Term.Column _,
                      Term.ResultOf _ ->
                      false;
                  case Term.Number _,
                      Term.Whole _,
                      Term.Truth _,
                      Term.Text _,
                      Term.Word _,
                      Term.Shown _,
                      Term.None _,
                      Term.Numbers _,
                      Term.SpikeTimes _,
                      Term.Time _,
                      Term.Negate _,
                      Term.Let _,
                      Term.Arithmetic _,
                      Term.Compare _,
                      Term.Inside _,
                      Term.Not _,
                      Term.And _,
                      Term.Or _,
                      Term.Choose _,
                      Term.Neurons _,
                      Term.Projection _,
                      Term.Listing _,
                      Term.Tuple _,
                      Term.Element _,
                      Term.Part _,
                      Term.Field _,
                      Term.FieldOfAll _ ->
                      true;
                });
    return apart[0];
  }
}
