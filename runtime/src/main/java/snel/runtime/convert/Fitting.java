package snel.runtime.convert;

import java.util.Arrays;
import java.util.Optional;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Wiring;
import snel.runtime.data.DataProblem;
import snel.runtime.data.NumberArray;
import snel.runtime.data.Shape;
import snel.runtime.kernel.ProblemKind;

/// Brings trained weights into the order of a projection's.
final class Fitting {
  private Fitting() {}

  /// @param place names them in a problem
  static double[] weights(String place, TrainedLayer layer, Wiring wiring) {
    return switch (wiring) {
      case Wiring.Full(int sources, int targets) -> full(place, layer.weight(), sources, targets);
      case Wiring.OneToOne(int size) -> {
        agree(place, layer.weight(), size, "[" + size + "]");
        yield layer.weight().toDoubles();
      }
      case Wiring.Convolution(Maps maps) -> {
        layer
            .convolution()
            .flatMap(trained -> difference(trained, maps))
            .ifPresent(difference -> {
              throw difference.at(place);
            });
        yield kernel(place, layer.weight(), maps);
      }
      case Wiring.Pool _ ->
          throw new DataProblem(
              ProblemKind.OTHER_WEIGHTS, place + ": a `pool` has no weights to fill");
    };
  }

  /// One number for each neuron: as many as there are, or one for each map of the same number of
  /// neurons.
  static double[] bias(String place, double[] bias, int size) {
    if (bias.length == 0 || size % bias.length != 0) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          size + " biases, or one for each map",
          bias.length + "");
    }
    int each = size / bias.length;
    double[] all = new double[size];
    for (int k = 0; k < size; k++) {
      all[k] = bias[k / each];
    }
    return all;
  }

  static void requireFinite(String place, double[] numbers) {
    long others = Arrays.stream(numbers).filter(number -> !Double.isFinite(number)).count();
    if (others > 0) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS,
          place,
          "finite numbers",
          others + " of " + numbers.length + " that are infinite or not a number");
    }
  }

  private static void agree(String place, NumberArray array, int count, String wanted) {
    if (array.values().length() != count) {
      throw DataProblem.found(
          ProblemKind.OTHER_WEIGHTS, place, "weights of shape " + wanted, array.shape().toString());
    }
  }

  private static double[] full(String place, NumberArray array, int sources, int targets) {
    agree(place, array, sources * targets, "[" + sources + ", " + targets + "] (sources, targets)");
    Shape shape = array.shape();
    if (shape.dimensions() == 2
        && shape.length(0) == targets
        && shape.length(1) == sources
        && sources != targets) {
      double[] turned = new double[sources * targets];
      for (int i = 0; i < sources; i++) {
        for (int j = 0; j < targets; j++) {
          turned[i * targets + j] = array.values().real(j * sources + i);
        }
      }
      return turned;
    }
    return array.toDoubles();
  }

  private static double[] kernel(String place, NumberArray array, Maps maps) {
    int[] wanted = {
      maps.transposed() ? maps.sourceChannels() : maps.targetChannels(),
      (maps.transposed() ? maps.targetChannels() : maps.sourceChannels()) / maps.groups(),
      maps.kernelHeight(),
      maps.kernelWidth()
    };
    int count = Arrays.stream(wanted).reduce(1, Math::multiplyExact);
    agree(place, array, count, Arrays.toString(wanted));
    int[] lengths = array.shape().lengths().stream().mapToInt(Integer::intValue).toArray();
    int[] last = {wanted[2], wanted[3], wanted[1], wanted[0]};
    if (lengths.length == 4 && !Arrays.equals(lengths, wanted)) {
      if (!Arrays.equals(lengths, last)) {
        throw DataProblem.found(
            ProblemKind.OTHER_WEIGHTS,
            place,
            "weights of shape " + Arrays.toString(wanted),
            array.shape().toString());
      }
      return turned(array, wanted);
    }
    return array.toDoubles();
  }

  /// [height, width, in, out] to [out, in, height, width].
  private static double[] turned(NumberArray array, int[] lengths) {
    double[] all = new double[array.values().length()];
    int at = 0;
    for (int out = 0; out < lengths[0]; out++) {
      for (int in = 0; in < lengths[1]; in++) {
        for (int y = 0; y < lengths[2]; y++) {
          for (int x = 0; x < lengths[3]; x++) {
            int from = ((y * lengths[3] + x) * lengths[1] + in) * lengths[0] + out;
            all[at++] = array.values().real(from);
          }
        }
      }
    }
    return all;
  }

  private static Optional<Difference> difference(TrainedLayer.Convolution trained, Maps maps) {
    if (maps.transposed()) {
      return Optional.of(new Difference("a transposed convolution", "`Conv`"));
    }
    return trained.groups() == maps.groups()
        ? trained.window().difference(maps)
        : Optional.of(new Difference(maps.groups() + " groups", trained.groups() + ""));
  }
}
