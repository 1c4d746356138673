package snel.runtime.schedule;

import snel.runtime.kernel.ProblemKind;

/// The elements that a selection picks from so many.
public sealed interface Picked {
  Picked ALL = new All();

  record All() implements Picked {}

  record Range(int from, int until) implements Picked {}

  record Listed(int[] indices) implements Picked {}

  record At(Evaluation index) implements Picked {}

  /// The first index of those that lie side by side; else 0.
  default int first() {
    return this instanceof Range(int from, int _) ? from : 0;
  }

  /// The indices picked, of `size` there are.
  default int[] indices(Machine machine, int size) {
    return switch (this) {
      case All _ -> span(0, size);
      case Range(int from, int until) -> within(span(from, until), size);
      case Listed(int[] indices) -> within(indices, size);
      case At(Evaluation index) -> {
        long at = index.evaluate(machine).whole();
        if (at < 0 || at >= size) {
          throw none(at, size);
        }
        yield new int[] {(int) at};
      }
    };
  }

  private static int[] within(int[] indices, int size) {
    for (int at : indices) {
      if (at < 0 || at >= size) {
        throw none(at, size);
      }
    }
    return indices;
  }

  private static ProtocolProblem none(long at, int size) {
    return new ProtocolProblem(
        ProblemKind.RUN_TIME_INDEX, "there is no element " + at + ": there are " + size);
  }

  private static int[] span(int from, int until) {
    int[] indices = new int[until - from];
    for (int k = 0; k < indices.length; k++) {
      indices[k] = from + k;
    }
    return indices;
  }
}
