package snel.runtime.connect;

/// The probability that a source is joined to a target.
@FunctionalInterface
public interface PairProbability {
  double of(int source, int target);
}
