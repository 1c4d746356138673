package snel.ir.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import snel.ir.ConvShape;

/// How a network takes the weights of a trained network of another kind.
///
/// @param of the experiment whose run folder has the file; empty for a file of the program
/// @param map names in the file and the paths of what they fill; empty if names or order say so
/// @param normalised which layers' input was normalised
/// @param peak spikes a step that an input of 1 makes
/// @param samples inputs to scale by
/// @param layers each behind those that it has links from
public record Conversion(
    Format format,
    Term file,
    Optional<String> of,
    List<Match> map,
    List<Norm> normalised,
    Scale scale,
    double peak,
    Optional<Term> samples,
    List<Layer> layers) {
  public Conversion {
    map = List.copyOf(map);
    normalised = List.copyOf(normalised);
    layers = List.copyOf(layers);
  }

  /// What the file is.
  public enum Format {
    ONNX,
    NPZ,
    HDF5,
    SAFETENSORS
  }

  public record Match(String name, String target) {}

  /// @param epsilon what is added to the variance, where the program says
  public record Norm(String name, String population, OptionalDouble epsilon) {}

  /// What the weights of a layer are scaled by.
  public sealed interface Scale {
    record None() implements Scale {}

    /// The largest sum that the weights allow.
    record Model() implements Scale {}

    /// What so many percent of the activities above 0 do not exceed.
    record Data(double percent) implements Scale {}
  }

  /// @param links none for the input
  /// @param bias a value that is added in each step
  public record Layer(
      String population, int size, List<Link> links, Optional<Store> bias, Response response) {
    public Layer {
      links = List.copyOf(links);
    }
  }

  /// What a neuron makes of the sum that it gets.
  ///
  /// @param ceiling the most that a rectified value comes to
  public record Response(Activation activation, double ceiling) {
    /// Without a ceiling.
    public Response(Activation activation) {
      this(activation, Double.POSITIVE_INFINITY);
    }
  }

  public enum Activation {
    LINEAR,
    RECTIFIED,
    /// None that anyone sees but in its potential: it never spikes.
    SILENT,
    /// A value that is neither, such as a hyperbolic tangent or twice the sum.
    OWN,
    /// Spikes, or what is not known.
    OTHER
  }

  /// @param source number of a layer
  /// @param maximum whether of all that arrives the largest counts, in place of the sum
  public record Link(
      String projection, int source, Wiring wiring, Weights weights, boolean maximum) {}

  /// @param perStep what is stored for the amount 1 in each step
  public record Store(String path, double perStep) {}

  /// The weights of a link.
  public sealed interface Weights {
    record Stored(Store store) implements Weights {}

    /// One number for all.
    ///
    /// @param kept where it lies for each synapse, so that it can be scaled; empty where the code
    ///   has it
    record Constant(double value, Optional<Store> kept) implements Weights {}

    /// One by the number of synapses that lead to the target, which the code has.
    record Average() implements Weights {}
  }

  /// Neurons as maps that lie one after the other.
  ///
  /// @param places of each map: height times width; 1 of neurons that are no maps
  public record Stack(int channels, int places) {}

  /// Which neurons a link joins.
  public sealed interface Wiring {
    record Full(Stack sources, Stack targets) implements Wiring {}

    record OneToOne(int size) implements Wiring {}

    record Convolution(ConvShape shape) implements Wiring {}

    record Pool(ConvShape shape) implements Wiring {}
  }
}
