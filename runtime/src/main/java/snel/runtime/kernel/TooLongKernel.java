package snel.runtime.kernel;

/// A kernel of more code than a method of the Java machine can hold.
public final class TooLongKernel extends Failure {
  /// @param kernel its name, such as `E:integrate`
  public TooLongKernel(String kernel) {
    super(
        ProblemKind.TOO_LONG_KERNEL,
        "`"
            + kernel
            + "` comes to more than the 64 KB of code that a method of the Java machine can hold; a"
            + " `let` is written out wherever it is read, so one that is read twice by the next, and"
            + " so on, doubles with each: make a `state` of one of them");
  }
}
