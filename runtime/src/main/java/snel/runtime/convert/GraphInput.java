package snel.runtime.convert;

import java.util.Optional;
import snel.runtime.convert.Structure.Layer;

/// What comes into a graph from outside.
record GraphInput(String name, Signal signal, GraphShape shape) {
  static final GraphInput NONE = new GraphInput("", Signal.input(), GraphShape.UNKNOWN);

  /// What hinders that a population of the program is it. Where the number of samples is not open,
  /// the first axis may be one of the sample's.
  Optional<Difference> difference(Layer layer) {
    long perSample = shape.perSample();
    boolean fits = perSample == layer.size() || shape.all() == layer.size();
    return fits || perSample == GraphShape.OPEN
        ? Optional.empty()
        : Optional.of(
            new Difference(
                layer.size() + " numbers for each sample, which `" + layer.population() + "` has",
                "the shape " + shape));
  }
}
