package snel.runtime.kernel;

/// A kernel of more code than a method of the Java machine can hold.
public final class TooLongKernel extends Failure {
  /// @param kernel its name, such as `E:integrate`
  public TooLongKernel(String kernel) {
    super(
        ProblemKind.TOO_LONG_KERNEL,
        "`"
            + kernel
            + "` comes to more than the 64 KB of code that a method of the Java machine can hold:"
            + " make `state`s of parts of it, set in an `every dt`");
  }
}
