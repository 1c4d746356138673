package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import snel.runtime.convert.TrainedLayer.Convolution;
import snel.runtime.data.NumberArray;

/// One kernel that does what two in a row do.
final class JoinedKernels {
  private static final int AXES = 2;

  private final TrainedLayer first;
  private final TrainedLayer second;
  private final int groups;
  private final int[] ones;
  private final int[] others;
  private final int[] lengths;

  /// How far apart the kernel's places are that a place of either leads to.
  private final int[] oneStep = new int[AXES];

  private final int[] otherStep = new int[AXES];
  private final int[] dilation = new int[AXES];
  private final double[] weight;
  private final double[] added;

  private JoinedKernels(
      TrainedLayer first, Convolution one, TrainedLayer second, Convolution other) {
    this.first = first;
    this.second = second;
    groups = one.groups() == other.groups() ? one.groups() : 1;
    ones = lengths(first);
    others = lengths(second);
    lengths = new int[] {others[0], ones[1] * one.groups() / groups, 0, 0};
    for (int axis = 0; axis < AXES; axis++) {
      int near = one.window().dilation()[axis];
      int far = other.window().dilation()[axis] * one.window().strides()[axis];
      boolean isOne = ones[axis + 2] == 1;
      boolean isOther = others[axis + 2] == 1;
      dilation[axis] = isOne ? (isOther ? 1 : far) : isOther ? near : 1;
      oneStep[axis] = isOne ? 0 : near / dilation[axis];
      otherStep[axis] = isOther ? 0 : far / dilation[axis];
      lengths[axis + 2] =
          (ones[axis + 2] - 1) * oneStep[axis] + (others[axis + 2] - 1) * otherStep[axis] + 1;
    }
    weight = new double[Arrays.stream(lengths).reduce(1, Math::multiplyExact)];
    added = new double[weight.length];
  }

  private static int[] lengths(TrainedLayer layer) {
    return layer.weight().shape().lengths().stream().mapToInt(Integer::intValue).toArray();
  }

  /// In the margin of the second there is nothing, where the first would find something but for a
  /// single place without a margin of its own.
  static Optional<TrainedLayer> of(
      TrainedLayer first, Convolution one, TrainedLayer second, Convolution other) {
    Optional<List<Integer>> source = one.source();
    if (source.isEmpty() || source.get().contains(GraphShape.OPEN)) {
      return Optional.empty();
    }
    int[] from = {source.get().get(1), source.get().get(2)};
    boolean seesMargin = false;
    boolean isPoint = one.window().margin().isNone();
    for (int axis = 0; axis < AXES; axis++) {
      int between = one.window().size(axis, from[axis]);
      seesMargin |= other.window().seesMargin(axis, between);
      isPoint &= one.window().kernel()[axis] == 1;
    }
    if (seesMargin && !isPoint) {
      return Optional.empty();
    }
    var joined = new JoinedKernels(first, one, second, other);
    joined.multiply(one.groups(), other.groups());
    return Optional.of(joined.layer(one, other, from, seesMargin));
  }

  private void multiply(int oneGroups, int otherGroups) {
    int between = ones[0];
    double[] biases = first.bias().orElseGet(() -> new double[between]);
    double[] behind = second.added().orElseGet(() -> new double[0]);
    for (int to = 0; to < others[0]; to++) {
      for (int m = 0; m < others[1]; m++) {
        int middle = to / (others[0] / otherGroups) * others[1] + m;
        int group = middle / (between / oneGroups);
        for (int y = 0; y < others[2]; y++) {
          for (int x = 0; x < others[3]; x++) {
            int at = ((to * others[1] + m) * others[2] + y) * others[3] + x;
            double factor = second.weight().values().real(at);
            spread(to, middle, groups == 1 ? group * ones[1] : 0, y, x, factor);
            int place = place(to, 0, y * otherStep[0], x * otherStep[1]);
            added[place] += factor * biases[middle] + (behind.length == 0 ? 0 : behind[at]);
          }
        }
      }
    }
  }

  private void spread(int to, int middle, int from, int y, int x, double factor) {
    for (int c = 0; c < ones[1]; c++) {
      for (int v = 0; v < ones[2]; v++) {
        for (int u = 0; u < ones[3]; u++) {
          int at = ((middle * ones[1] + c) * ones[2] + v) * ones[3] + u;
          int down = y * otherStep[0] + v * oneStep[0];
          int right = x * otherStep[1] + u * oneStep[1];
          weight[place(to, from + c, down, right)] += factor * first.weight().values().real(at);
        }
      }
    }
  }

  private int place(int to, int from, int y, int x) {
    return ((to * lengths[1] + from) * lengths[2] + y) * lengths[3] + x;
  }

  private TrainedLayer layer(Convolution one, Convolution other, int[] from, boolean seesMargin) {
    int[] strides = new int[AXES];
    int[] before = new int[AXES];
    int[] after = new int[AXES];
    for (int axis = 0; axis < AXES; axis++) {
      int step = one.window().strides()[axis];
      int between = one.window().size(axis, from[axis]);
      strides[axis] = step * other.window().strides()[axis];
      before[axis] =
          one.window().before(axis, from[axis]) + step * other.window().before(axis, between);
      int reach = (lengths[axis + 2] - 1) * dilation[axis] + 1;
      int last = (other.window().size(axis, between) - 1) * strides[axis] + reach;
      after[axis] = Math.max(0, last - from[axis] - before[axis]);
    }
    Window window =
        new Window(
            Arrays.copyOfRange(lengths, 2, 4), strides, new Margin.Fixed(before, after), dilation);
    double[] bias = second.bias().map(double[]::clone).orElseGet(() -> new double[others[0]]);
    if (!seesMargin) {
      int each = added.length / bias.length;
      for (int k = 0; k < added.length; k++) {
        bias[k / each] += added[k];
      }
    }
    return new TrainedLayer(
        JoinedLayers.names(first, second),
        NumberArray.of(weight, lengths),
        TrainedLayer.Layout.GRAPH,
        Optional.of(bias),
        seesMargin ? Optional.of(added) : Optional.empty(),
        Optional.of(new Convolution(window, groups, one.source())));
  }
}
