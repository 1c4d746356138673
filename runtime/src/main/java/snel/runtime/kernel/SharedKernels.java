package snel.runtime.kernel;

/// What a generated class of kernels implements that work on whatever arrays they are given.
public interface SharedKernels {
  /// Runs the kernel with this number in its class.
  ///
  /// @param arrays of primitives, as many and of the kinds that the kernel was made for
  /// @param numbers of the kernel, by their bits
  void call(int kernel, Object[] arrays, long[] numbers);
}
