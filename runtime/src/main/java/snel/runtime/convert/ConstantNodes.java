package snel.runtime.convert;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import snel.runtime.convert.OnnxFlow.Data;
import snel.runtime.data.OnnxGraph.Node;

/// Nodes that join data with constants. They are folded into the layer right before, or, behind
/// anything else, into the layers that follow.
record ConstantNodes(OnnxFlow flow) {
  // Normalisation

  void normalise(Node node) {
    requireStored(node);
    Data source = flow.data(node, 0);
    Optional<Foldable> layer = flow.foldable(node, 0).filter(each -> !each.isTurned());
    if (layer.isPresent()) {
      Foldable before = layer.get();
      before.normalise(norm(node, before.outputs(), before.mapAxes()));
      flow.put(node, source.from(before));
    } else if (source.shape().isKnown() && source.shape().axes() > 1) {
      int axes = source.shape().axes() - 2;
      int channels = source.shape().length(1);
      int known = channels == GraphShape.OPEN ? flow.constant(node, 1).values().length() : channels;
      putOff(node, source, source.shift().then(norm(node, known, axes)));
    } else {
      throw flow.unknown(node, "no layer of its own right before");
    }
  }

  private void requireStored(Node node) {
    boolean isTraining =
        node.number("training_mode", 0) != 0
            || node.outputs().stream().skip(1).anyMatch(output -> !output.isEmpty());
    if (isTraining) {
      throw flow.problems()
          .found(
              "a normalisation by stored means and variances, as a model has that is exported in"
                  + " evaluation mode (`model.eval()`)",
              OnnxProblems.text(node) + " in training mode, which normalises by each batch");
    }
  }

  private Shifted norm(Node node, int channels, int axes) {
    double epsilon = node.number("epsilon", 1e-5);
    double[] scale = numbers(node, 1, channels);
    double[] shift = numbers(node, 2, channels);
    double[] mean = numbers(node, 3, channels);
    double[] variance = numbers(node, 4, channels);
    for (int k = 0; k < scale.length; k++) {
      scale[k] /= Math.sqrt(variance[k] + epsilon);
      shift[k] -= mean[k] * scale[k];
    }
    return new Shifted(new Channelwise(scale, axes), new Channelwise(shift, axes));
  }

  /// One number for each channel.
  private double[] numbers(Node node, int input, int channels) {
    double[] found = flow.constant(node, input).toDoubles();
    if (found.length != channels) {
      throw flow.unknown(
          node,
          "%d numbers for %d channels as input %d of".formatted(found.length, channels, input + 1));
    }
    return found;
  }

  // Sums, products and the like

  /// Whether one of the two is stored.
  static boolean areThere(OnnxFlow flow, Node node) {
    return node.inputs().stream().anyMatch(flow::isStored);
  }

  void join(Node node) {
    boolean isLeft = flow.isStored(node.inputs().getFirst());
    int at = isLeft ? 1 : 0;
    Data source = flow.data(node, at);
    Channelwise by = Channelwise.of(flow.constant(node, 1 - at));
    Optional<Foldable> before = flow.foldable(node, at);
    if (before.isEmpty()) {
      putOff(node, source, source.shift().then(node.operation(), by, isLeft));
      return;
    }
    Channelwise own =
        before
            .flatMap(each -> each.own(by))
            .orElseThrow(() -> flow.unknown(node, "constants that belong to no layer in"));
    Optional<Shifted> step = Shifted.NOT.then(node.operation(), own, isLeft);
    before
        .get()
        .normalise(step.orElseThrow(() -> flow.unknown(node, "constants divided by data in")));
    flow.put(node, source.from(before.get()));
  }

  /// Leaves it to the layers that follow.
  private void putOff(Node node, Data source, Optional<Shifted> shifted) {
    boolean isInput = source.signal().isInput();
    Shifted more =
        shifted
            .filter(each -> isInput || each.fits(source.shape()))
            .orElseThrow(() ->
                flow.unknown(
                    node,
                    "constants on %s that are not for channels,"
                        .formatted(isInput ? "the input" : "data")));
    flow.put(node, source.shifted(more));
  }

  // Rectifiers

  /// The most that a node leaves which otherwise only cuts off what is below 0; empty if it does
  /// something else.
  OptionalDouble ceiling(Node node) {
    return switch (node.operation()) {
      case "Relu" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "Clip" ->
          isZero(bound(node, "min", 1)) ? above(bound(node, "max", 2)) : OptionalDouble.empty();
      case "Max" ->
          areThere(flow, node) && isZero(flow.constant(node, stored(node)).toDoubles())
              ? OptionalDouble.of(Double.POSITIVE_INFINITY)
              : OptionalDouble.empty();
      case "Min" ->
          areThere(flow, node) && !flow.data(node, 1 - stored(node)).signal().mayBeNegative()
              ? above(flow.constant(node, stored(node)).toDoubles())
              : OptionalDouble.empty();
      default -> OptionalDouble.empty();
    };
  }

  private int stored(Node node) {
    return flow.isStored(node.inputs().getFirst()) ? 0 : 1;
  }

  private static OptionalDouble above(double[] bound) {
    if (bound.length == 0 || bound.length == 1 && bound[0] >= Float.MAX_VALUE) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    return bound.length == 1 && bound[0] > 0 ? OptionalDouble.of(bound[0]) : OptionalDouble.empty();
  }

  private double[] bound(Node node, String attribute, int at) {
    if (!node.input(at).isEmpty()) {
      return flow.constant(node, at).toDoubles();
    }
    double given = node.number(attribute, Double.NaN);
    return Double.isNaN(given) ? new double[0] : new double[] {given};
  }

  private static boolean isZero(double[] numbers) {
    return Arrays.equals(numbers, new double[] {0}) || Arrays.equals(numbers, new double[] {-0.0});
  }
}
