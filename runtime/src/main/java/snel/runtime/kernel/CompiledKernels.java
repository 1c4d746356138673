package snel.runtime.kernel;

/// What a generated class of kernels implements.
public interface CompiledKernels {
  /// Runs steps until `steps` are done or `halt[0]` is not zero, advancing the clock; returns the
  /// number done.
  long run(long steps);

  /// Runs this class's part of one step, without advancing the clock.
  void step();

  /// Runs the kernel with this number in its class.
  void call(int kernel);

  /// Number of methods that do loops in vectors.
  int vectorLoops();

  /// Calls such a method on arrays that serve nothing else: for `to` vectors if `from` is 0, or, if
  /// `to` is 0, to count down from `from`.
  void warmUp(int loop, int from, int to);
}
