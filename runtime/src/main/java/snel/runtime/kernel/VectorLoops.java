package snel.runtime.kernel;

/// Methods that do loops in vectors, as a [WarmUp] sees them.
public interface VectorLoops {
  int vectorLoops();

  /// Calls such a method on arrays that serve nothing else: for `to` vectors if `from` is 0, or, if
  /// `to` is 0, to count down from `from`.
  void warmUp(int loop, int from, int to);
}
