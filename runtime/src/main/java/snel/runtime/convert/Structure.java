package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import snel.runtime.connect.Maps;

/// A network as a converted one sees it: layers from the input on, and what joins them.
///
/// @param layers each behind those that it has links from
public record Structure(List<Layer> layers) {
  public Structure {
    layers = List.copyOf(layers);
  }

  /// Where a projection's weights belong; empty if it is none between layers.
  Optional<Filled.At> link(String projection) {
    for (Layer layer : layers) {
      for (Link link : layer.links()) {
        if (link.projection().equals(projection)) {
          return Optional.of(new Filled.At(layer, link));
        }
      }
    }
    return Optional.empty();
  }

  /// The same with the most that the values of each layer come to.
  Structure upTo(double[] ceilings) {
    return new Structure(
        IntStream.range(0, layers.size()).mapToObj(k -> layers.get(k).upTo(ceilings[k])).toList());
  }

  /// @param links none for the input
  /// @param bias where a value lies that is added in each step
  /// @param ceiling the most that a rectified value comes to
  public record Layer(
      String population,
      int size,
      List<Link> links,
      Optional<Store> bias,
      Activation activation,
      double ceiling) {
    public Layer {
      links = List.copyOf(links);
    }

    /// Without a ceiling.
    public Layer(
        String population,
        int size,
        List<Link> links,
        Optional<Store> bias,
        Activation activation) {
      this(population, size, links, bias, activation, Double.POSITIVE_INFINITY);
    }

    private Layer upTo(double most) {
      return new Layer(population, size, links, bias, activation, most);
    }

    public boolean isInput() {
      return links.isEmpty();
    }
  }

  /// What a neuron makes of the sum that it gets.
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

  /// Numbers in the network.
  ///
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

    /// Whether the code has them, so that they cannot be scaled.
    default boolean isRigid() {
      return this instanceof Average
          || this instanceof Constant(_, Optional<Store> kept) && kept.isEmpty();
    }

    /// Whether nothing is filled in.
    default boolean isGiven() {
      return !(this instanceof Stored);
    }
  }

  /// Which neurons a link joins.
  public sealed interface Wiring {
    record Full(Stack sources, Stack targets) implements Wiring {}

    record OneToOne(int size) implements Wiring {}

    record Convolution(Maps maps) implements Wiring {}

    record Pool(Maps maps) implements Wiring {}

    /// How many weights it has.
    default int weights() {
      return switch (this) {
        case Full(Stack sources, Stack targets) -> sources.size() * targets.size();
        case OneToOne(int size) -> size;
        case Convolution(Maps maps) ->
            maps.targetChannels()
                * maps.sourceChannels()
                / maps.groups()
                * maps.kernelHeight()
                * maps.kernelWidth();
        case Pool(Maps maps) -> maps.kernelHeight() * maps.kernelWidth();
      };
    }
  }
}
