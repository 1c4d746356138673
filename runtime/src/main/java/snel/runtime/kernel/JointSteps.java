package snel.runtime.kernel;

/// Steps that several threads do together.
interface JointSteps {
  void begin();

  /// See [CompiledKernels#run].
  long run(long steps);

  void end();
}
