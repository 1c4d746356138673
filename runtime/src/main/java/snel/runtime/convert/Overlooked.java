package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import snel.runtime.convert.Structure.Layer;
import snel.runtime.convert.Structure.Wiring;

/// What a file has for the layers that a program names, and nothing took. What fits none of them,
/// as where a part of a network is loaded, is left alone.
final class Overlooked {
  private final NamedArrays arrays;
  private final List<Layer> reached;
  private final Filled filled;

  private Overlooked(NamedArrays arrays, List<Layer> layers, Filled filled) {
    this.arrays = arrays;
    this.reached = layers.stream().filter(filled::reaches).toList();
    this.filled = filled;
  }

  /// A sentence for each.
  ///
  /// @param named what the program calls layers of the file
  static List<String> told(
      NamedArrays arrays, List<Layer> layers, Filled filled, Collection<String> named) {
    var overlooked = new Overlooked(arrays, layers, filled);
    List<String> all = new ArrayList<>();
    named.forEach(name -> overlooked.beside(name, all));
    overlooked.norms(all);
    overlooked.biases(all);
    return all;
  }

  private void beside(String name, List<String> told) {
    List<String> left = arrays.leftOf(name);
    if (!left.isEmpty()) {
      told.add(
          "%s has %s besides what is taken of `%s`, and nothing takes it"
              .formatted(arrays.file(), String.join(", ", left), name));
    }
  }

  private void norms(List<String> told) {
    for (String name : arrays.leftNorms()) {
      int size = arrays.normSize(name);
      List<String> remedies =
          remedies(
              layer -> !filled.isNormalised(layer) && outputs(layer) == size,
              layer -> "`normalised: [(\"" + name + "\", " + layer.population() + ")]`");
      if (!remedies.isEmpty()) {
        told.add(
            "%s has the batch normalisation `%s`, and nothing takes it; %s folds it"
                .formatted(arrays.file(), name, String.join(" or ", remedies)));
      }
    }
  }

  private void biases(List<String> told) {
    for (String name : arrays.leftBiases()) {
      int size = arrays.length(name);
      Predicate<Layer> fits = layer -> !filled.hasBiases(layer) && outputs(layer) == size;
      List<String> remedies =
          new ArrayList<>(
              remedies(
                  fits.and(layer -> layer.bias().isPresent()),
                  layer ->
                      "`(\"" + name + "\", " + layer.bias().orElseThrow().path() + ")` in `map:`"));
      if (remedies.isEmpty() && !arrays.isNought(name)) {
        remedies.addAll(
            remedies(fits, layer -> "a `plastic state bias` of `" + layer.population() + "`"));
      }
      if (!remedies.isEmpty()) {
        told.add(
            "%s has the biases `%s`, and nothing takes them; %s does"
                .formatted(arrays.file(), name, String.join(" or ", remedies)));
      }
    }
  }

  private List<String> remedies(
      Predicate<Layer> fits, java.util.function.Function<Layer, String> remedy) {
    return reached.stream().filter(fits).map(remedy).toList();
  }

  /// How many numbers a trained layer has for each sample, or how many maps.
  private static int outputs(Layer layer) {
    return switch (layer.links().getFirst().wiring()) {
      case Wiring.Full(_, Stack targets) -> targets.size();
      case Wiring.OneToOne(int size) -> size;
      case Wiring.Convolution(var maps) -> maps.targetChannels();
      case Wiring.Pool(var maps) -> maps.targetChannels();
    };
  }
}
