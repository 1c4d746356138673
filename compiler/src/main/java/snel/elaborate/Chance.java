package snel.elaborate;

import java.util.List;
import java.util.OptionalDouble;

/// Draws what a run draws once: the values of its names (semantics.md §10).
public interface Chance {
  /// While the seed is not read, nothing is drawn.
  Chance WITHOUT_SEED = (_, _) -> OptionalDouble.empty();

  /// Whose number it is: `path:purpose@ordinal` names its stream.
  record Place(String path, String purpose, int ordinal) {}

  /// What it is drawn from; truths are 0 and 1.
  ///
  /// @param low infinite where there is no bound, as is `high`
  record Distribution(String name, List<Double> parameters, double low, double high) {
    public Distribution {
      parameters = List.copyOf(parameters);
    }
  }

  /// The number, empty before there is a seed.
  OptionalDouble draw(Distribution distribution, Place place);
}
