package snel.runtime.convert;

import java.util.Arrays;
import java.util.Optional;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// What a trained network has in place of what the program has.
record Difference(String expected, String found) {
  /// Empty where both are the same, along height and width.
  static Optional<Difference> between(String what, int[] expected, int[] found) {
    return Arrays.equals(expected, found)
        ? Optional.empty()
        : Optional.of(
            new Difference(
                "the " + what + " " + Arrays.toString(expected), Arrays.toString(found)));
  }

  DataProblem at(String place) {
    return DataProblem.found(ProblemKind.OTHER_WEIGHTS, place, expected, found);
  }
}
