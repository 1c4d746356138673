package snel.units;

import java.util.Optional;

/// What became of reading the text of a unit.
public sealed interface UnitReading {
  record Known(Unit unit) implements UnitReading {}

  /// `symbol`, from offset `start` of the text, is no unit; `meant` is a unit that it may stand
  /// for.
  record Unknown(String symbol, int start, Optional<String> meant) implements UnitReading {}

  /// The text is not a product of units from offset `start` on.
  record Malformed(int start) implements UnitReading {}
}
