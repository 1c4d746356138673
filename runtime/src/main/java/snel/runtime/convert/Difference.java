package snel.runtime.convert;

import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// What a trained network has in place of what the program has.
record Difference(String expected, String found) {
  DataProblem at(String place) {
    return DataProblem.found(ProblemKind.OTHER_WEIGHTS, place, expected, found);
  }
}
