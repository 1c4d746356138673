package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Layers that constants behind them may be folded into, where nothing stands between but the axes
/// of what they give turned: one, or those whose sum it is.
///
/// @param axes the number that each axis had before it was turned; empty if none was
record Foldable(List<OpenLayer> layers, int[] axes) {
  private static final Channelwise NOTHING = new Channelwise(new double[1], 0);

  Foldable {
    layers = List.copyOf(layers);
  }

  static Foldable of(OpenLayer layer) {
    return new Foldable(List.of(layer), new int[0]);
  }

  /// What the sum of what both give is made of.
  Foldable and(Foldable other) {
    return new Foldable(Stream.of(this, other).flatMap(f -> f.layers.stream()).toList(), axes);
  }

  Foldable turned(int[] more) {
    return new Foldable(
        layers, isTurned() ? IntStream.of(more).map(axis -> axes[axis]).toArray() : more);
  }

  boolean isTurned() {
    return axes.length > 0;
  }

  int outputs() {
    return layers.getFirst().outputs();
  }

  /// Axes that a channel of what it gives has.
  int mapAxes() {
    return layers.getFirst().mapAxes();
  }

  /// What it gives is multiplied and moved, the sum of several once.
  void normalise(Shifted by) {
    for (OpenLayer layer : layers) {
      boolean isFirst = layer == layers.getFirst();
      layer.normalise(isFirst ? by : new Shifted(by.scale(), NOTHING));
    }
  }

  /// The constants as the layers have them; empty if they are not for their channels.
  Optional<Channelwise> own(Channelwise by) {
    boolean isFar = !by.isOne() && (by.mapAxes() < 0 || by.mapAxes() >= axes.length);
    if (isTurned() && isFar) {
      return Optional.empty();
    }
    Channelwise own = isTurned() ? by.turned(back()) : by;
    return own.fits(outputs(), mapAxes()) ? Optional.of(own) : Optional.empty();
  }

  private int[] back() {
    int[] back = new int[axes.length];
    for (int now = 0; now < axes.length; now++) {
      back[axes[now]] = now;
    }
    return back;
  }
}
