package snel.lower;

import java.util.List;
import snel.diagnostics.CompilerBug;
import snel.ir.ConvShape;
import snel.model.Connection;
import snel.model.Projection;
import snel.model.Slice;

/// Maps that a kernel moves over, as the shapes of both ends have it.
public final class Geometry {
  private Geometry() {}

  public static ConvShape of(Projection projection, Connection.Convolution rule) {
    return of(
        projection,
        rule.kernel(),
        rule.stride(),
        rule.padding(),
        rule.dilation(),
        rule.groups(),
        rule.transposed());
  }

  /// Of a rule without groups or dilation.
  public static ConvShape of(Projection projection, int[] kernel, int[] stride, int[] padding) {
    return of(projection, kernel, stride, padding, new int[] {1, 1}, 1, false);
  }

  private static ConvShape of(
      Projection projection,
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups,
      boolean transposed) {
    int[] from = maps(projection.source());
    int[] to = maps(projection.target().neurons().orElseThrow());
    return new ConvShape(
        from[0],
        from[1],
        from[2],
        to[0],
        to[1],
        to[2],
        kernel[0],
        kernel[1],
        stride[0],
        stride[1],
        padding[0],
        padding[1],
        dilation[0],
        dilation[1],
        groups,
        transposed);
  }

  /// Channels, height, width of a slice's shape; missing leading axes are 1.
  private static int[] maps(Slice slice) {
    List<Integer> shape = slice.shape();
    return switch (shape.size()) {
      case 1 -> new int[] {1, 1, shape.get(0)};
      case 2 -> new int[] {1, shape.get(0), shape.get(1)};
      case 3 -> new int[] {shape.get(0), shape.get(1), shape.get(2)};
      default -> throw new CompilerBug("a map of " + shape.size() + " axes");
    };
  }
}
