package snel.runtime.convert;

import java.util.List;
import java.util.Optional;
import snel.runtime.connect.Maps;
import snel.runtime.convert.Structure.Link;
import snel.runtime.convert.Structure.Weights;

/// A pool of a trained network.
///
/// @param operation what its graph calls it
/// @param window empty where it takes all of a map together
/// @param source the maps that it moves over, [channels, height, width], where they are known
/// @param countsMargin whether an average divides by the places in the margin too
/// @param roundsUp whether a last place that lies beyond the margin in part has a value
record Pool(
    String operation,
    Optional<Window> window,
    Optional<List<Integer>> source,
    boolean maximum,
    boolean countsMargin,
    boolean roundsUp) {
  private static final double EQUAL = 1e-9;

  /// What hinders that a connection of the program computes the same.
  Optional<Difference> difference(Link link, Maps maps) {
    if (maximum != link.maximum()) {
      return Optional.of(
          maximum
              ? new Difference(
                  "sums of weighted values, or `maximum:` with the projections that take maxima",
                  name())
              : new Difference("maxima", name()));
    }
    Optional<Difference> other = source.flatMap(each -> Window.otherSource(maps, each));
    if (other.isPresent()) {
      return other.map(each -> new Difference(each.expected(), each.found() + " before " + name()));
    }
    Window own = window.orElseGet(() -> all(maps));
    Optional<Difference> moved = own.difference(maps);
    if (moved.isPresent()) {
      return moved.map(each -> new Difference(each.expected(), each.found() + " of " + name()));
    }
    boolean leavesOut =
        own.leavesOut(0, maps.sourceHeight()) || own.leavesOut(1, maps.sourceWidth());
    if (roundsUp && leavesOut) {
      return Optional.of(
          new Difference(
              "places that lie within the map and its padding", name() + " that rounds up"));
    }
    boolean seesMargin =
        own.seesMargin(0, maps.sourceHeight()) || own.seesMargin(1, maps.sourceWidth());
    if (!maximum && !countsMargin && seesMargin) {
      return Optional.of(
          new Difference(
              "averages that count the padding, as a `pool` of one weight does",
              name() + " that does not count it (`count_include_pad`)"));
    }
    double wanted = maximum ? 1 : 1.0 / (own.kernel()[0] * own.kernel()[1]);
    return link.weights() instanceof Weights.Constant(double value, _)
            && Math.abs(value - wanted) > EQUAL * wanted
        ? Optional.of(
            new Difference(
                "the weight " + value,
                name() + ", whose weight is " + (maximum ? "1" : "1 / " + places(own))))
        : Optional.empty();
  }

  private static int places(Window window) {
    return window.kernel()[0] * window.kernel()[1];
  }

  private static Window all(Maps maps) {
    int[] ones = {1, 1};
    return new Window(new int[] {maps.sourceHeight(), maps.sourceWidth()}, ones, Margin.NONE, ones);
  }

  String name() {
    return "`" + operation + "`";
  }
}
