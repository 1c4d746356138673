package snel.model;

import java.util.List;
import snel.math.Shapes;
import snel.source.Span;

/// `input image : real[28, 28]`: a value that holds until presented anew.
public record NetworkInput(
    String path, List<Integer> shape, double initial, String unit, double factor, Span span) {
  public NetworkInput {
    shape = List.copyOf(shape);
  }

  public int size() {
    return Shapes.size(shape);
  }
}
