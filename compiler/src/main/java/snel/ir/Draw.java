package snel.ir;

import java.util.List;

/// What becomes of a random word that [Stmt.Words] draws.
public sealed interface Draw {
  /// It stays as it is.
  record Word() implements Draw {}

  /// How many of these thresholds, rising and unsigned, it has reached: a draw from the
  /// distribution whose cumulative probabilities they are.
  record Count(List<Integer> thresholds) implements Draw {
    public Count {
      thresholds = List.copyOf(thresholds);
    }
  }

  /// The bits of the standard normal number, in single precision, that it stands for
  /// ([Function#NORMAL]).
  record Normal() implements Draw {}
}
