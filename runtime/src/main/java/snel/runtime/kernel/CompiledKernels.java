package snel.runtime.kernel;

/// What a generated class of kernels implements.
public interface CompiledKernels extends VectorLoops {
  /// Runs steps until `steps` are done or `halt[0]` is not zero, advancing the clock; returns the
  /// number done.
  long run(long steps);

  /// Runs this class's part of one step, without advancing the clock.
  void step();

  /// Runs the kernel with this number in its class.
  void call(int kernel);
}
