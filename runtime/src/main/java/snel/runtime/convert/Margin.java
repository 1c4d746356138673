package snel.runtime.convert;

import java.util.Arrays;

/// How far a kernel reaches beyond the maps that it moves over.
sealed interface Margin {
  Margin NONE = new Fixed(new int[2], new int[2]);

  /// Rows and columns before the first and behind the last.
  record Fixed(int[] before, int[] after) implements Margin {}

  /// As much as lets the result have the size of the source divided by the stride, rounded up.
  /// Where that is odd, one side has one more.
  record Same(boolean moreBehind) implements Margin {}

  /// As much more behind as a last place needs that begins within the map or before it.
  record RoundedUp(Margin given) implements Margin {}

  /// @param axis 0 along the height, 1 along the width
  /// @param source size of the map
  /// @param reach of the kernel, with its dilation
  default Sides along(int axis, int source, int reach, int stride) {
    return switch (this) {
      case Fixed(var before, var after) -> new Sides(before[axis], after[axis]);
      case Same(boolean moreBehind) -> {
        int all = Math.max(0, (Math.ceilDiv(source, stride) - 1) * stride + reach - source);
        int less = all / 2;
        yield moreBehind ? new Sides(less, all - less) : new Sides(all - less, less);
      }
      case RoundedUp(Margin given) -> {
        Sides sides = given.along(axis, source, reach, stride);
        int left = Math.floorMod(source + sides.before() + sides.after() - reach, stride);
        int last = source + sides.before() + sides.after() - reach - left + stride;
        boolean isMore = left > 0 && last < source + sides.before();
        yield isMore ? new Sides(sides.before(), sides.after() + stride - left) : sides;
      }
    };
  }

  /// Whether there is surely none.
  default boolean isNone() {
    return this instanceof Fixed(var before, var after)
        && Arrays.equals(before, new int[2])
        && Arrays.equals(after, new int[2]);
  }

  /// Along one axis.
  record Sides(int before, int after) {}
}
