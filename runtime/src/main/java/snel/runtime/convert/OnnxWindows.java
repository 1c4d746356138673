package snel.runtime.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        int[] pads = node.wholes("pads", new int[2 * axes]);
        if (pads.length != 2 * axes || Arrays.stream(pads).anyMatch(pad -> pad < 0)) {
          throw problems.unknown(node, "`pads` " + Arrays.toString(pads) + " of");
        }
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
    if (!source.isKnown() || source.axes() < 3 || source.axes() > 4) {
      return GraphShape.UNKNOWN;
    }
    List<Integer> lengths = new ArrayList<>(List.of(source.length(0), channels));
    for (int at = 2; at < source.axes(); at++) {
      int axis = at - source.axes() + 2;
      int length = source.length(at);
      lengths.add(
          length == GraphShape.OPEN ? GraphShape.OPEN : Math.max(1, window.size(axis, length)));
    }
    return GraphShape.of(lengths);
  }
}
