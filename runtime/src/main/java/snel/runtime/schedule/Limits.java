package snel.runtime.schedule;

import snel.runtime.kernel.ProblemKind;

/// Refuses what functions of the library cannot use.
final class Limits {
  private final String function;

  /// @param function as programs call it
  Limits(String function) {
    this.function = function;
  }

  int count(String argument, long value) {
    return whole(argument, value, 1, "to be 1 or more");
  }

  int notNegative(String argument, long value) {
    return whole(argument, value, 0, "not to be below 0");
  }

  private int whole(String argument, long value, int least, String wanted) {
    if (value < least || value > Integer.MAX_VALUE) {
      throw problem(argument, wanted, Long.toString(value));
    }
    return (int) value;
  }

  double notNegative(String argument, double value) {
    if (!(value >= 0)) {
      throw problem(argument, "not to be below 0", NumberText.of(value));
    }
    return value;
  }

  double positive(String argument, double value) {
    if (!(value > 0)) {
      throw problem(argument, "to be above 0", NumberText.of(value));
    }
    return value;
  }

  private ProtocolProblem problem(String argument, String wanted, String found) {
    return new ProtocolProblem(
        ProblemKind.BAD_VALUE,
        "`%s` wants `%s` %s, found %s".formatted(function, argument, wanted, found));
  }
}
