package snel.runtime.convert;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.runtime.convert.TrainedLayer.Convolution;
import snel.runtime.data.NumberArray;

/// A layer of a graph that what stands before and behind it may still be folded into.
final class OpenLayer {
  private final Set<String> names = new LinkedHashSet<>();
  private final int outputs;
  private final @Nullable Movement movement;
  private final int mapAxes;
  private final int[] lengths;
  private final double[] weight;
  private double @Nullable [] bias;
  private double @Nullable [] added;

  /// @param lengths [in, out] of a full layer
  static OpenLayer full(int[] lengths, double[] weight) {
    return new OpenLayer(lengths[1], null, 0, lengths, weight);
  }

  /// @param mapAxes axes that its kernel moves along
  /// @param lengths [out, in, height, width]
  static OpenLayer moving(Convolution convolution, int mapAxes, int[] lengths, double[] weight) {
    return new OpenLayer(lengths[0], convolution, mapAxes, lengths, weight);
  }

  /// @param lengths [in, out of a group, height, width]
  static OpenLayer spreading(Spread spread, int mapAxes, int[] lengths, double[] weight) {
    return new OpenLayer(lengths[1] * spread.groups(), spread, mapAxes, lengths, weight);
  }

  private OpenLayer(
      int outputs, @Nullable Movement movement, int mapAxes, int[] lengths, double[] weight) {
    this.outputs = outputs;
    this.movement = movement;
    this.mapAxes = mapAxes;
    this.lengths = lengths;
    this.weight = weight;
  }

  void name(String name) {
    names.add(name);
  }

  int outputs() {
    return outputs;
  }

  /// Axes that a channel of what it gives has.
  int mapAxes() {
    return mapAxes;
  }

  TrainedLayer trained() {
    return new TrainedLayer(
        List.copyOf(names),
        NumberArray.of(weight, lengths),
        TrainedLayer.Layout.GRAPH,
        Optional.ofNullable(bias),
        Optional.ofNullable(added),
        Optional.ofNullable(movement));
  }

  private int inputs() {
    return movement instanceof Convolution moving ? lengths[1] * moving.groups() : lengths[0];
  }

  /// The output that a weight leads to.
  private int output(int index) {
    return switch (movement) {
      case null -> index % outputs;
      case Convolution _ -> index / (weight.length / outputs);
      case Spread spread -> {
        int group = input(index) / (lengths[0] / spread.groups());
        yield group * lengths[1] + index / (lengths[2] * lengths[3]) % lengths[1];
      }
    };
  }

  /// The input that a weight comes from.
  private int input(int index) {
    return switch (movement) {
      case null -> index / outputs;
      case Convolution moving -> {
        int group = output(index) / (outputs / moving.groups());
        yield group * lengths[1] + index / (lengths[2] * lengths[3]) % lengths[1];
      }
      case Spread _ -> index / (lengths[1] * lengths[2] * lengths[3]);
    };
  }

  private double[] biases() {
    double[] all = bias == null ? new double[outputs] : bias;
    bias = all;
    return all;
  }

  void add(Channelwise more, double factor) {
    double[] sum = biases();
    for (int k = 0; k < outputs; k++) {
      sum[k] += factor * more.at(k);
    }
  }

  /// What it gives is multiplied and moved.
  void normalise(Shifted by) {
    double[] sum = biases();
    for (int k = 0; k < outputs; k++) {
      sum[k] = sum[k] * by.scale().at(k) + by.shift().at(k);
    }
    for (int k = 0; k < weight.length; k++) {
      weight[k] *= by.scale().at(output(k));
    }
    double[] moved = added == null ? new double[0] : added;
    for (int k = 0; k < moved.length; k++) {
      moved[k] *= by.scale().at(output(k));
    }
  }

  /// A margin stays 0, so what is added to all that a kernel gets hangs on how much of it the
  /// kernel sees; what a transposed one gives hangs on the place everywhere.
  private boolean hangsOnPlace() {
    return switch (movement) {
      case null -> false;
      case Convolution moving -> !moving.window().margin().isNone();
      case Spread _ -> true;
    };
  }

  /// What it gets is multiplied and moved; false if that is for other channels.
  boolean take(Shifted input) {
    if (!input.scale().fits(inputs(), mapAxes) || !input.shift().fits(inputs(), mapAxes)) {
      return false;
    }
    if (!input.shift().isZero()) {
      double[] each = new double[weight.length];
      Arrays.setAll(each, k -> weight[k] * input.shift().at(input(k)));
      if (hangsOnPlace()) {
        added = each;
      } else {
        double[] sum = biases();
        for (int k = 0; k < each.length; k++) {
          sum[output(k)] += each[k];
        }
      }
    }
    for (int k = 0; k < weight.length; k++) {
      weight[k] *= input.scale().at(input(k));
    }
    return true;
  }
}
