package snel.runtime.kernel;

import java.util.Locale;

/// A network of more kernels than one class of the Java machine can hold.
public final class TooManyParts extends Failure {
  /// @param kernels how many there are
  /// @param arrays that they use
  public TooManyParts(int kernels, int arrays) {
    super(
        ProblemKind.TOO_MANY_PARTS,
        String.format(
            Locale.ROOT,
            "the network comes to %,d kernels with %,d arrays, more than a class of the Java machine"
                + " can hold; let one population and one projection stand for many that are alike",
            kernels,
            arrays));
  }
}
