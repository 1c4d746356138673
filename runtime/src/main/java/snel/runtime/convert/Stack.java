package snel.runtime.convert;

import snel.runtime.data.NumberArray;
import snel.runtime.data.Shape;

/// Neurons as maps that lie one after the other, [channels, places].
///
/// @param places of each map: height times width; 1 of neurons that are no maps
public record Stack(int channels, int places) {
  int size() {
    return channels * places;
  }

  /// Numbers of full layers between maps that lie [places, channels], as Keras flattens them and
  /// gives them their shape back.
  static NumberArray fromChannelsLast(NumberArray array, Stack sources, Stack targets) {
    Shape split = Shape.of(sources.places, sources.channels, targets.places, targets.channels);
    return new NumberArray(split, array.values()).transposed(1, 0, 3, 2);
  }

  /// One number for each neuron, which lie [places, channels].
  double[] fromChannelsLast(double[] numbers) {
    return NumberArray.of(numbers, places, channels).transposed(1, 0).toDoubles();
  }
}
