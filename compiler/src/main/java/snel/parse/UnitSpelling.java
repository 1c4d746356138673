package snel.parse;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Nearest;
import snel.units.UnitReading;
import snel.units.Units;

/// Which unit was probably meant.
final class UnitSpelling {
  private UnitSpelling() {}

  /// The unit that `word` looks like.
  static Optional<String> meant(String word) {
    String power = Units.withPower(word);
    if (!power.equals(word)) {
      return Optional.of(power);
    }
    if (Units.read(word) instanceof UnitReading.Unknown(_, _, var meant) && meant.isPresent()) {
      return meant;
    }
    List<String> sameStart =
        Units.symbols().stream().filter(unit -> unit.charAt(0) == word.charAt(0)).toList();
    return word.length() < 3 ? Optional.empty() : Nearest.to(word, sameStart);
  }
}
