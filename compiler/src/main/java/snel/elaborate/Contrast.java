package snel.elaborate;

import java.util.List;
import snel.source.Span;

/// The contrast of an input picture, `difference_of_gaussians(image, …)` in a network: an input of
/// the network too, which gets its value whenever the picture is presented.
///
/// @param path of the input that holds the contrast
/// @param image path of the input that holds the picture
/// @param shape [maps, height, width]
/// @param options the arguments after the picture, in the order of the declaration; constants
public record Contrast(
    String path, String image, List<Integer> shape, List<Val> options, Span span) {
  public Contrast {
    shape = List.copyOf(shape);
    options = List.copyOf(options);
  }
}
