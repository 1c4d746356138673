package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/// The input times a scale, plus a shift: what a network does with it before its first layer.
record Shifted(Channelwise scale, Channelwise shift) {
  static final Shifted NOT = new Shifted(one(1), one(0));

  private static Channelwise one(double value) {
    return new Channelwise(new double[] {value}, 0);
  }

  /// Whether all channels are treated alike.
  boolean isOne() {
    return scale.isOne() && shift.isOne();
  }

  /// Whether it keeps the larger of two numbers the larger.
  boolean rises() {
    return Arrays.stream(scale.values()).allMatch(factor -> factor >= 0);
  }

  /// Whether data of this shape can have been treated so.
  boolean fits(GraphShape shape) {
    return scale.fits(shape) && shift.fits(shape);
  }

  /// The same of data with its axes in another order.
  Shifted turned(int[] axes) {
    return new Shifted(scale.turned(axes), shift.turned(axes));
  }

  /// The same of data whose numbers lie in one row for each sample.
  Shifted flat(GraphShape before) {
    return new Shifted(scale.flat(before), shift.flat(before));
  }

  /// The same for each number of a population.
  Shifted at(Order order) {
    return new Shifted(scale.at(order), shift.at(order));
  }

  /// The same with constants behind it; empty if they are for other channels.
  ///
  /// @param isLeft whether the constants are the first operand
  Optional<Shifted> then(String operation, Channelwise by, boolean isLeft) {
    return switch (operation) {
      case "Add" -> with(scale, by, (a, _) -> a, (b, c) -> b + c);
      case "Sub" ->
          isLeft
              ? with(scale, by, (a, _) -> -a, (b, c) -> c - b)
              : with(scale, by, (a, _) -> a, (b, c) -> b - c);
      case "Mul" -> with(scale, by, (a, c) -> a * c, (b, c) -> b * c);
      case "Div" -> isLeft ? Optional.empty() : with(scale, by, (a, c) -> a / c, (b, c) -> b / c);
      default -> Optional.empty();
    };
  }

  /// The same multiplied and moved once more; empty if that is for other channels.
  Optional<Shifted> then(Shifted more) {
    return then("Mul", more.scale, false).flatMap(scaled -> scaled.then("Add", more.shift, false));
  }

  private Optional<Shifted> with(
      Channelwise factor,
      Channelwise by,
      DoubleBinaryOperator scaling,
      DoubleBinaryOperator shifting) {
    return joined(factor, by, scaling)
        .flatMap(scaled -> joined(shift, by, shifting).map(far -> new Shifted(scaled, far)));
  }

  private static Optional<Channelwise> joined(
      Channelwise left, Channelwise right, DoubleBinaryOperator operator) {
    Channelwise longer = left.isOne() ? right : left;
    for (Channelwise side : List.of(left, right)) {
      if (longer.mapAxes() < 0 || !side.fits(longer.values().length, longer.mapAxes())) {
        return Optional.empty();
      }
    }
    double[] values = new double[longer.values().length];
    for (int k = 0; k < values.length; k++) {
      values[k] = operator.applyAsDouble(left.at(k), right.at(k));
    }
    return Optional.of(new Channelwise(values, longer.mapAxes()));
  }
}
