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
record Pool(
    String operation,
    Optional<Window> window,
    Optional<List<Integer>> source,
    boolean maximum,
    boolean countsMargin) {
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
    boolean seesMargin =
        own.seesMargin(0, maps.sourceHeight()) || own.seesMargin(1, maps.sourceWidth());
    boolean reachesBeyond =
        own.reachesBeyond(0, maps.sourceHeight()) || own.reachesBeyond(1, maps.sourceWidth());
    boolean countsAll = !seesMargin || countsMargin && !reachesBeyond;
    boolean countsMap = !seesMargin || !countsMargin || own.isUnpadded();
    if (!maximum && !countsAll && !countsMap) {
      return Optional.of(
          new Difference(
              "averages of places within the map and its padding",
              name() + " that rounds up (`ceil_mode`)"));
    }
    if (link.weights() instanceof Weights.Average) {
      return !maximum && countsMap
          ? Optional.empty()
          : Optional.of(new Difference("the weight 1 / fan_in", name() + weight(own)));
    }
    if (!maximum && !countsAll) {
      return Optional.of(
          new Difference(
              "averages that count the padding, as a `pool` of one weight does",
              name()
                  + " that does not count it (`count_include_pad`), as `weight 1 / fan_in` does"));
    }
    double wanted = maximum ? 1 : 1.0 / (own.kernel()[0] * own.kernel()[1]);
    return link.weights() instanceof Weights.Constant(double value, _)
            && Math.abs(value - wanted) > EQUAL * wanted
        ? Optional.of(new Difference("the weight " + value, name() + weight(own)))
        : Optional.empty();
  }

  private String weight(Window window) {
    int places = window.kernel()[0] * window.kernel()[1];
    return ", whose weight is " + (maximum ? "1" : "1 / " + places);
  }

  private static Window all(Maps maps) {
    int[] ones = {1, 1};
    return new Window(new int[] {maps.sourceHeight(), maps.sourceWidth()}, ones, Margin.NONE, ones);
  }

  String name() {
    return "`" + operation + "`";
  }
}
