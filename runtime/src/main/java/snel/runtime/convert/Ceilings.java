package snel.runtime.convert;

import java.util.Optional;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.schedule.NumberText;

/// Where neurons cut values off above, and where a graph does.
final class Ceilings {
  /// Graphs store them in single precision.
  private static final double EQUAL = 1e-6;

  private Ceilings() {}

  static boolean areLike(double one, double other) {
    return one == other || !isNone(other) && Math.abs(one - other) <= EQUAL * other;
  }

  /// Whether a layer cuts off what a signal does; what is smaller already is not cut off again.
  static boolean suit(Layer layer, Signal signal) {
    boolean isBelow = isNone(signal.ceiling()) && layer.ceiling() > signal.most();
    return isBelow || areLike(layer.ceiling(), signal.most());
  }

  /// What hinders that a layer which rectifies is a signal.
  static Optional<Difference> difference(Layer layer, Optional<Signal> signal) {
    return signal
        .filter(_ -> layer.activation() == Activation.RECTIFIED)
        .filter(other -> !other.mayBeNegative() && !suit(layer, other))
        .map(other ->
            new Difference(
                "values of `" + layer.population() + "` that are " + text(layer.ceiling()),
                "values that are " + text(other.most()) + ", as by " + neurons(other.most())));
  }

  private static String neurons(double ceiling) {
    return isNone(ceiling)
        ? "`Rectified`"
        : "`RectifiedTo` with `most: " + NumberText.of(ceiling) + "`";
  }

  private static String text(double ceiling) {
    return isNone(ceiling) ? "not cut off above" : "cut off at " + NumberText.of(ceiling);
  }

  static boolean isNone(double ceiling) {
    return ceiling == Double.POSITIVE_INFINITY;
  }
}
