package snel.runtime.data;

import snel.runtime.kernel.ProblemKind;

/// Which unit spiked when, event by event, as two lists of the same length.
///
/// @param place where they lie, as messages name it
public record AddressEvents(String place, Numbers times, Numbers units) {
  public AddressEvents {
    if (times.length() != units.length()) {
      throw new DataProblem(
          ProblemKind.COUNTS_DIFFER,
          place + ": there are " + times.length() + " times, but " + units.length() + " units");
    }
    if (!units.isWhole()) {
      throw DataProblem.found(place, "whole numbers of units", "numbers that need not be whole");
    }
  }

  public int count() {
    return times.length();
  }
}
