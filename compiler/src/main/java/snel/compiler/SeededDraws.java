package snel.compiler;

import java.util.Locale;
import java.util.OptionalDouble;
import snel.elaborate.Chance;
import snel.lower.StreamNames;
import snel.runtime.schedule.Draws;
import snel.runtime.schedule.Value;

/// What runs of one seed draw once. The number is that of the first evaluation of a protocol's
/// draw, in double precision.
final class SeededDraws implements Chance {
  private static final int[] ONE_NUMBER = {};

  private final int seed;
  private boolean drew;

  SeededDraws(int seed) {
    this.seed = seed;
  }

  /// Whether anything was drawn.
  boolean drew() {
    return drew;
  }

  @Override
  public OptionalDouble draw(Distribution distribution, Place place) {
    drew = true;
    Value drawn =
        Draws.draw(
            Draws.Distribution.valueOf(distribution.name().toUpperCase(Locale.ROOT)),
            distribution.parameters().stream().mapToDouble(Double::doubleValue).toArray(),
            new Draws.Bounds(distribution.low(), distribution.high()),
            ONE_NUMBER,
            seed,
            StreamNames.of(place.path(), place.purpose(), place.ordinal()),
            0);
    return OptionalDouble.of(drawn.real());
  }
}
