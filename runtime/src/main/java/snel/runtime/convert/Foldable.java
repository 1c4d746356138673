package snel.runtime.convert;

import java.util.Optional;
import java.util.stream.IntStream;

/// A layer that constants behind it may be folded into, where nothing stands between but the axes
/// of what it gives turned.
///
/// @param axes the number that each axis had before it was turned; empty if none was
record Foldable(OpenLayer layer, int[] axes) {
  static Foldable of(OpenLayer layer) {
    return new Foldable(layer, new int[0]);
  }

  Foldable turned(int[] more) {
    return new Foldable(
        layer, isTurned() ? IntStream.of(more).map(axis -> axes[axis]).toArray() : more);
  }

  boolean isTurned() {
    return axes.length > 0;
  }

  /// The constants as the layer has them; empty if they are not for its channels.
  Optional<Channelwise> own(Channelwise by) {
    boolean isFar = !by.isOne() && (by.mapAxes() < 0 || by.mapAxes() >= axes.length);
    if (isTurned() && isFar) {
      return Optional.empty();
    }
    Channelwise own = isTurned() ? by.turned(back()) : by;
    return own.fits(layer.outputs(), layer.mapAxes()) ? Optional.of(own) : Optional.empty();
  }

  private int[] back() {
    int[] back = new int[axes.length];
    for (int now = 0; now < axes.length; now++) {
      back[axes[now]] = now;
    }
    return back;
  }
}
