package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import snel.runtime.data.OnnxGraph.Node;

/// How the kernel of a node moves.
record OnnxWindows(OnnxProblems problems) {
  /// @param axes along which it moves, 1 or 2; what moves along one has a height of 1
  Window window(Node node, int[] kernel, int axes) {
    return new Window(
        kernel,
        both(steps(node, "strides", axes), axes, 1),
        margin(node, axes),
        both(steps(node, "dilations", axes), axes, 1));
  }

  /// The window of a pool.
  Window pool(Node node) {
    int[] kernel = node.wholes("kernel_shape");
    if (kernel.length < 1 || kernel.length > 2 || Arrays.stream(kernel).anyMatch(k -> k < 1)) {
      throw problems.unknown(node, "the kernel " + Arrays.toString(kernel) + " of");
    }
    Window window = window(node, both(kernel, kernel.length, 1), kernel.length);
    return node.number("ceil_mode", 0) == 0 ? window : window.roundedUp();
  }

  /// @param source the maps that it takes
  Spread spread(Node node, int[] kernel, int axes, int groups, GraphShape source) {
    int[] strides = both(steps(node, "strides", axes), axes, 1);
    int[] dilation = both(steps(node, "dilations", axes), axes, 1);
    int[] more = both(widths(node, "output_padding", axes), axes, 0);
    int[] pads = widths(node, "pads", 2 * axes);
    int[] before = both(pads, axes, 0);
    int[] after = both(Arrays.copyOfRange(pads, axes, 2 * axes), axes, 0);
    String rule = node.texts().getOrDefault("auto_pad", "NOTSET");
    if (!List.of("NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER").contains(rule)) {
      throw problems.unknown(node, "`auto_pad` " + rule + " of");
    }
    int[] wanted = node.wholes("output_shape", new int[axes]);
    int[] cut = new int[2];
    for (int axis = 2 - axes; axis < 2; axis++) {
      int behind = 2 - axis; // axes from here to the last
      int given = wanted[wanted.length - behind];
      if (given == 0 && !rule.startsWith("SAME_")) {
        cut[axis] = before[axis] + after[axis] - more[axis];
        continue;
      }
      int length = source.isKnown() ? source.length(source.axes() - behind) : GraphShape.OPEN;
      if (length == GraphShape.OPEN) {
        throw problems.unknown(node, "maps of an unknown size before");
      }
      int all = (length - 1) * strides[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
      cut[axis] = all - (given > 0 ? given : length * strides[axis]);
      int taken = Math.max(0, cut[axis] + more[axis]);
      before[axis] = rule.equals("SAME_UPPER") ? taken / 2 : taken - taken / 2;
    }
    return new Spread(kernel, strides, dilation, before, cut, groups, source.maps());
  }

  private int[] widths(Node node, String attribute, int count) {
    int[] found = node.wholes(attribute, new int[count]);
    if (found.length != count || Arrays.stream(found).anyMatch(width -> width < 0)) {
      throw problems.unknown(node, "`" + attribute + "` " + Arrays.toString(found) + " of");
    }
    return found;
  }

  private int[] steps(Node node, String attribute, int axes) {
    int[] ones = new int[axes];
    Arrays.fill(ones, 1);
    int[] found = node.wholes(attribute, ones);
    if (found.length != axes || Arrays.stream(found).anyMatch(step -> step < 1)) {
      throw problems.unknown(node, "`" + attribute + "` " + Arrays.toString(found) + " of");
    }
    return found;
  }

  private Margin margin(Node node, int axes) {
    String rule = node.texts().getOrDefault("auto_pad", "NOTSET");
    return switch (rule) {
      case "NOTSET" -> {
        int[] pads = widths(node, "pads", 2 * axes);
        int[] after = Arrays.copyOfRange(pads, axes, 2 * axes);
        yield new Margin.Fixed(both(pads, axes, 0), both(after, axes, 0));
      }
      case "VALID" -> Margin.NONE;
      case "SAME_UPPER", "SAME_LOWER" -> new Margin.Same(rule.equals("SAME_UPPER"));
      default -> throw problems.unknown(node, "`auto_pad` " + rule + " of");
    };
  }

  /// Along height and width.
  private static int[] both(int[] values, int axes, int alone) {
    return axes == 2 ? new int[] {values[0], values[1]} : new int[] {alone, values[0]};
  }

  /// The shape of what comes out.
  ///
  /// @param channels of it; `GraphShape.OPEN` if that is not known
  static GraphShape moved(GraphShape source, Window window, int channels) {
    return sized(source, channels, window::size);
  }

  static GraphShape spread(GraphShape source, Spread spread, int channels) {
    return sized(source, channels, spread::size);
  }

  /// @param size along an axis, of maps of a length
  private static GraphShape sized(GraphShape source, int channels, IntBinaryOperator size) {
    if (!source.isKnown() || source.axes() < 3 || source.axes() > 4) {
      return GraphShape.UNKNOWN;
    }
    List<Integer> lengths = new ArrayList<>(List.of(source.length(0), channels));
    for (int at = 2; at < source.axes(); at++) {
      int axis = at - source.axes() + 2;
      int length = source.length(at);
      lengths.add(
          length == GraphShape.OPEN ? GraphShape.OPEN : Math.max(1, size.applyAsInt(axis, length)));
    }
    return GraphShape.of(lengths);
  }
}
