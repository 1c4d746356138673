package snel.runtime.kernel;

/// Steps for several threads which wait for one another only after several of them. A step has a
/// near half, which a part does alone, and a far half, which it does when all others have done
/// their near half, too; what of that comes first in a step is its head, the rest its tail.
public interface SpannedKernels {
  /// How many near halves a part can do before far ones are due.
  int longestSpan();

  /// Readies the state for steps that are done so. Only they may come until [#end].
  void begin();

  /// Readies it for everything else.
  void end();

  void head(int part);

  void near(int part);

  void tail(int part);

  /// Whether the near half of a part has just found something wrong.
  boolean hasFound(int part);

  /// Lets a part have found nothing.
  void forget(int part);

  /// Takes over what the parts have found.
  void take();

  /// Whether a step asked to stop.
  boolean isHalted();
}
