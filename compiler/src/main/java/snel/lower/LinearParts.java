package snel.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Reach;
import snel.math.Walk;

/// The equations of a connected group of states, taken apart as x' = A x + b + u + G xi.
///
/// @param name of the group's stored coefficients; see [CoefficientNames]
/// @param a a row for each state, a column for each state
/// @param constants b; 0 where there is none
/// @param drives u, which moves between steps; absent where nothing does
/// @param noises what white noises drive each state
record LinearParts(
    CoefficientNames name,
    List<String> states,
    List<List<Expr>> a,
    List<Expr> constants,
    List<Optional<Expr>> drives,
    List<List<Noise>> noises) {
  LinearParts {
    states = List.copyOf(states);
    constants = List.copyOf(constants);
    drives = List.copyOf(drives);
  }

  /// One white noise with its amplitude.
  record Noise(String name, Expr amplitude) {}

  int size() {
    return states.size();
  }

  /// Whether A holds numbers only, so that the propagator is the same for all elements.
  boolean hasNumericPropagator() {
    return a.stream().flatMap(List::stream).allMatch(e -> e instanceof Expr.Num);
  }

  boolean hasNumericNoise() {
    return hasNumericPropagator()
        && noises.stream().flatMap(List::stream).allMatch(n -> n.amplitude() instanceof Expr.Num);
  }

  boolean isNumeric() {
    return hasNumericNoise() && constants.stream().allMatch(e -> e instanceof Expr.Num);
  }

  /// Whether state `column` acts on state `row` in time, by any chain of couplings.
  boolean[][] reach() {
    boolean[][] direct = new boolean[size()][size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        direct[i][j] = !Fold.isZero(a.get(i).get(j));
      }
    }
    return Reach.of(direct);
  }

  /// Whether a coefficient depends on a parameter of the element that `wanted` names.
  boolean reads(Predicate<String> wanted) {
    List<Expr> all = new ArrayList<>(constants);
    a.forEach(all::addAll);
    noises.forEach(row -> row.forEach(n -> all.add(n.amplitude())));
    return all.stream()
        .anyMatch(e -> Walk.any(e, r -> r instanceof Expr.Ref ref && wanted.test(ref.name())));
  }

  /// The states that noise drives, by their number.
  List<Integer> driven() {
    List<Integer> all = new ArrayList<>();
    for (int k = 0; k < size(); k++) {
      if (!noises.get(k).isEmpty()) {
        all.add(k);
      }
    }
    return all;
  }

  /// Whether each noise drives one state of its own: then the covariance of the step can be kept.
  boolean hasOneNoiseEach() {
    long used = noises.stream().flatMap(List::stream).map(Noise::name).distinct().count();
    return used == driven().size() && driven().stream().allMatch(k -> noises.get(k).size() == 1);
  }
}
