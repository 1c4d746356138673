package snel.pass;

import java.util.HashSet;
import java.util.Set;

/// What lies between a part of a step and an earlier one that it might become one with, followed
/// backwards from the later one: which of it has to be done before both, if all else can be done
/// after.
final class Between {
  private final StepPart later;
  private final Set<Integer> before = new HashSet<>();
  private Touched read = Touched.NOTHING;
  private Touched written = Touched.NOTHING;
  private boolean stuck;

  Between(StepPart later) {
    this.later = later;
  }

  /// Takes the next part backwards as one that lies between.
  void pass(int at, StepPart part) {
    if (part.conflicts(later) || meets(part)) {
      before.add(at);
      read = read.and(part.read());
      written = written.and(part.written());
      stuck = !part.isSetting();
    }
  }

  /// Whether something has been passed that stays where it is.
  boolean isStuck() {
    return stuck;
  }

  /// Whether a part must stay in order with something that has to be done before both.
  boolean meets(StepPart part) {
    return part.conflicts(read, written);
  }

  /// The places of the parts passed that have to be done before both.
  Set<Integer> before() {
    return Set.copyOf(before);
  }
}
