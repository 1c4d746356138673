package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import snel.runtime.convert.Structure.Activation;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NumberText;

/// How weights are scaled so that the activity which stands for a spike in each step is one that a
/// layer reaches but seldom exceeds.
///
/// Diehl and others (2015), DOI 10.1109/IJCNN.2015.7280696, by the weights or by the largest
/// activity; Rueckauer and others (2017), DOI 10.3389/fnins.2017.00682, by a percentile of it.
public sealed interface Scaling {
  /// Weights as they are.
  record None() implements Scaling {}

  /// By the largest sum that the weights allow.
  record Model() implements Scaling {}

  /// By what so many percent of a layer's activities above 0 do not exceed.
  record Data(double percent) implements Scaling {}

  /// The activity that stands for a spike in each step, of each layer.
  ///
  /// @param input of the input
  /// @param samples inputs to look at
  static double[] scales(
      Scaling scaling,
      double input,
      Structure structure,
      List<List<double[]>> weights,
      List<double @Nullable []> biases,
      List<double[]> samples) {
    double[] scales = new double[structure.layers().size()];
    Arrays.fill(scales, 1);
    List<Percentile> seen = new ArrayList<>();
    if (scaling instanceof Data) {
      if (samples.isEmpty()) {
        throw new DataProblem(
            ProblemKind.BAD_VALUE, "`calibrate` has no samples: a scale by activities wants some");
      }
      structure.layers().forEach(_ -> seen.add(new Percentile()));
      Analog analog = new Analog(structure, weights, biases);
      for (double[] sample : samples) {
        List<double[]> activities = analog.activities(sample, true);
        for (int k = 0; k < seen.size(); k++) {
          seen.get(k).take(activities.get(k));
        }
      }
    }
    for (int k = 0; k < scales.length; k++) {
      Layer layer = structure.layers().get(k);
      if (layer.isInput()) {
        scales[k] = scaling instanceof None ? 1 : input;
        continue;
      }
      OptionalDouble handedOn = handedOn(layer, scales);
      if (handedOn.isPresent()) {
        scales[k] = handedOn.getAsDouble();
        requireScalable(layer, scales, scales[k]);
        requireCeiling(layer, scaling, scales[k]);
        continue;
      }
      double scale =
          switch (scaling) {
            case None _ -> 1;
            case Model _ ->
                Math.min(layer.ceiling(), most(layer, scales, weights.get(k), biases.get(k)));
            case Data(double percent) -> seen.get(k).of(percent);
          };
      if (!(scale > 0) && wantsNoScale(layer)) {
        scale = 1;
      }
      if (!(scale > 0)) {
        throw new DataProblem(
            ProblemKind.BAD_VALUE,
            "no neuron of `" + layer.population() + "` is ever above 0: nothing to scale it by");
      }
      scales[k] = scale;
      requireScalable(layer, scales, scale);
      requireCeiling(layer, scaling, scale);
    }
    return scales;
  }

  /// What spikes cannot say counts where values are read instead.
  private static boolean wantsNoScale(Layer layer) {
    return layer.activation() == Activation.SILENT || layer.activation() == Activation.LINEAR;
  }

  /// The scale that a layer passes on which has no weights of its own, as one that pools.
  private static OptionalDouble handedOn(Layer layer, double[] scales) {
    if (!layer.links().stream().allMatch(link -> link.weights().isGiven())) {
      return OptionalDouble.empty();
    }
    Optional<Link> rigid =
        layer.links().stream().filter(link -> link.weights().isRigid()).findFirst();
    if (rigid.isPresent()) {
      return OptionalDouble.of(scales[rigid.get().source()]);
    }
    double[] from = layer.links().stream().mapToDouble(link -> scales[link.source()]).toArray();
    return Arrays.stream(from).distinct().count() == 1
        ? OptionalDouble.of(from[0])
        : OptionalDouble.empty();
  }

  /// Weights in the code cannot lead from one scale to another.
  private static void requireScalable(Layer layer, double[] scales, double scale) {
    for (Link link : layer.links()) {
      if (link.weights().isRigid() && scales[link.source()] != scale) {
        throw new DataProblem(
            ProblemKind.BAD_VALUE,
            "`%s` adds up layers of unlike scale, and the weight of `%s` cannot be scaled; let a population of its own take what comes of `%s`, and join that to `%s` one to one"
                .formatted(
                    layer.population(), link.projection(), link.projection(), layer.population()));
      }
    }
  }

  /// A spike in each step is the most that a layer hands on, so it may stand for no more than the
  /// most that there is.
  private static void requireCeiling(Layer layer, Scaling scaling, double scale) {
    if (scaling instanceof None || Ceilings.isNone(layer.ceiling())) {
      return;
    }
    if (layer.activation() == Activation.RECTIFIED) {
      throw new DataProblem(
          ProblemKind.BAD_VALUE,
          "`%s` cuts values off at %s by itself, which is not scaled: write `scale: none`"
              .formatted(layer.population(), NumberText.of(layer.ceiling())));
    }
    if (scale > layer.ceiling() && layer.activation() == Activation.OTHER) {
      throw new DataProblem(
          ProblemKind.BAD_VALUE,
          "values of `%s` are cut off at %s, but a spike of it stands for %s, since it has no weights of its own to scale"
              .formatted(layer.population(), NumberText.of(layer.ceiling()), NumberText.of(scale)));
    }
  }

  /// The largest sum of what is above 0.
  private static double most(
      Layer layer, double[] scales, List<double[]> weights, double @Nullable [] bias) {
    double[] sums = new double[layer.size()];
    for (int n = 0; n < layer.links().size(); n++) {
      Link link = layer.links().get(n);
      double[] from = new double[sources(link)];
      Arrays.fill(from, scales[link.source()]);
      double[] positive = weights.get(n).clone();
      Arrays.setAll(positive, w -> Math.max(0, positive[w]));
      double[] more = Analog.sum(link, positive, from, layer.size());
      Arrays.setAll(sums, j -> sums[j] + more[j]);
    }
    double most = 0;
    for (int j = 0; j < sums.length; j++) {
      most = Math.max(most, sums[j] + (bias == null ? 0 : Math.max(0, bias[j])));
    }
    return most;
  }

  private static int sources(Link link) {
    return switch (link.wiring()) {
      case Wiring.Full(Stack sources, Stack _) -> sources.size();
      case Wiring.OneToOne(int size) -> size;
      case Wiring.Convolution(var maps) ->
          maps.sourceChannels() * maps.sourceHeight() * maps.sourceWidth();
      case Wiring.Pool(var maps) ->
          maps.sourceChannels() * maps.sourceHeight() * maps.sourceWidth();
    };
  }
}
