package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Expr;
import snel.model.Connection;
import snel.model.Slice;
import snel.syntax.Argument;
import snel.syntax.Rule;

/// `conv`, `pool` and `window` with their arguments, and whether the shapes of both ends agree.
final class SpatialRule {
  private static final int MAP_AXES = 3;

  private final Evaluator evaluator;
  private final Slice source;
  private final Slice target;
  private final Rule rule;
  private int[] kernel = {1, 1};
  private int[] stride = {1, 1};
  private int[] padding = {0, 0};
  private int @Nullable [] farPadding;
  private int[] dilation = {1, 1};
  private int groups = 1;
  private boolean transposed;

  SpatialRule(Evaluator evaluator, Slice source, Slice target, Rule rule) {
    this.evaluator = evaluator;
    this.source = source;
    this.target = target;
    this.rule = rule;
  }

  Optional<Connection> read(String name) {
    boolean strides = false;
    for (Argument argument : rule.arguments()) {
      String label = label(argument);
      strides |= label.equals("stride");
      if (!argument(label, argument)) {
        return Optional.empty();
      }
    }
    if (!areMaps()) {
      return Optional.empty();
    }
    if (areLines() || isLine()) {
      List.of(kernel, stride, dilation).forEach(pair -> pair[0] = 1);
      padding[0] = 0;
      if (farPadding != null) {
        farPadding[0] = 0;
      }
    }
    if (name.equals("pool") && !strides) {
      stride = kernel.clone();
    }
    if (!channelsAgree(name) || !shapesAgree(name)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (name) {
          case "conv" ->
              new Connection.Convolution(kernel, stride, padding, dilation, groups, transposed);
          case "pool" -> new Connection.Pooling(kernel, stride, padding);
          default -> new Connection.Window(kernel, stride, padding);
        });
  }

  private boolean areMaps() {
    for (Slice slice : List.of(source, target)) {
      if (slice.shape().size() > MAP_AXES) {
        String fault = "`" + slice.population() + "` is " + slice.shape();
        evaluator
            .context()
            .fault(
                Diagnostic.of(Code.CONVOLUTION_SHAPE, fault, rule.span())
                    .help("kernels move over [channels, height, width], or fewer axes"));
        return false;
      }
    }
    return true;
  }

  /// Whether neither end has a second axis to move along.
  private boolean areLines() {
    return Math.min(source.shape().size(), target.shape().size()) == 1
        && length(source, 0) == 1
        && length(target, 0) == 1;
  }

  /// How many neurons lie along an axis (0 down, 1 right).
  private static int length(Slice slice, int side) {
    List<Integer> shape = slice.shape();
    int axis = shape.size() - 2 + side;
    return axis < 0 ? 1 : shape.get(axis);
  }

  /// A kernel of one number in brackets lies along the last axis, and so does the rest.
  private boolean isLine() {
    return rule.arguments().stream()
        .anyMatch(argument ->
            label(argument).equals("kernel")
                && evaluator.eval(argument.value()) instanceof Val.Items(var items)
                && items.size() == 1);
  }

  private static String label(Argument argument) {
    return argument.name() == null ? "kernel" : argument.name().text();
  }

  private boolean argument(String label, Argument argument) {
    if (label.equals("transposed")) {
      return truth(argument);
    }
    int least = label.endsWith("padding") ? 0 : 1;
    Optional<int[]> value = pair(argument, least);
    if (value.isEmpty()) {
      return false;
    }
    switch (label) {
      case "kernel" -> kernel = value.get();
      case "stride" -> stride = value.get();
      case "padding" -> padding = value.get();
      case "far_padding" -> farPadding = value.get();
      case "dilation" -> dilation = value.get();
      default -> groups = value.get()[0];
    }
    return true;
  }

  private boolean truth(Argument argument) {
    if (evaluator.eval(argument.value()) instanceof Val.Num(Expr.Truth(boolean truth), _)) {
      transposed = truth;
      return true;
    }
    evaluator.context().fault(Code.WRONG_KIND, "`true` or `false` is wanted here", argument.span());
    return false;
  }

  private Optional<int[]> pair(Argument argument, int least) {
    Val value = evaluator.eval(argument.value());
    List<Val> items = value instanceof Val.Items(var all) ? all : List.of(value, value);
    List<Integer> found = new ArrayList<>();
    for (Val item : items) {
      Indexing.whole(item)
          .filter(n -> n == (int) (long) n)
          .ifPresent(n -> found.add((int) (long) n));
    }
    boolean isPair = found.size() == items.size() && (items.size() == 1 || items.size() == 2);
    if (!isPair) {
      evaluator
          .context()
          .fault(Code.WHOLE_NUMBER_WANTED, "whole numbers are wanted here", argument.span());
      return Optional.empty();
    }
    int across = found.getLast();
    int down = items.size() == 2 ? found.getFirst() : least;
    if (down < least || across < least) {
      evaluator
          .context()
          .fault(
              Code.WHOLE_NUMBER_WANTED,
              "whole numbers of " + least + " or more are wanted here",
              argument.span());
      return Optional.empty();
    }
    return Optional.of(new int[] {down, across});
  }

  private static int channels(Slice slice) {
    return slice.shape().size() > 2 ? slice.shape().getFirst() : 1;
  }

  private boolean channelsAgree(String name) {
    int from = channels(source);
    int to = channels(target);
    String fault = "";
    String help = "";
    if (name.equals("pool") && from != to) {
      fault = "`pool` leaves channels apart, so it cannot make " + to + " of " + from;
      help = "write `conv` to mix channels";
    } else if (from % groups != 0 || to % groups != 0) {
      fault = "`groups: " + groups + "` does not divide " + (from % groups != 0 ? from : to);
      help = from + " source and " + to + " target channels are dealt into groups of one size";
    }
    if (fault.isEmpty()) {
      return true;
    }
    evaluator.context().fault(Diagnostic.of(Code.CONVOLUTION_SHAPE, fault, rule.span()).help(help));
    return false;
  }

  /// Where along an axis (0 down, 1 right) targets lie: from so many to so many.
  private int width(int side) {
    return (kernel[side] - 1) * dilation[side] + 1;
  }

  private int out(int in, int side) {
    int both = padding[side] + (farPadding == null ? padding : farPadding)[side];
    return transposed
        ? (in - 1) * stride[side] - both + width(side)
        : Math.floorDiv(in + both - width(side), stride[side]) + 1;
  }

  private boolean shapesAgree(String name) {
    List<Integer> from = source.shape();
    List<Integer> to = target.shape();
    int axes = areLines() ? 1 : 2;
    List<String> found = new ArrayList<>();
    boolean agree = true;
    List<Integer> paddings = new ArrayList<>();
    List<Integer> far = new ArrayList<>();
    for (int axis = axes - 1; axis >= 0; axis--) {
      int side = 1 - axis;
      int in = length(source, side);
      int out = out(in, side);
      int wanted = length(target, side);
      int spare = transposed ? stride[side] - 1 : 0; // a target that no window reaches fully
      found.add(spare == 0 ? Integer.toString(out) : out + " to " + (out + spare));
      agree &= wanted >= out && wanted <= out + spare;
      int missing =
          transposed
              ? (in - 1) * stride[side] + width(side) - wanted
              : (wanted - 1) * stride[side] + width(side) - in;
      if (missing >= 0 && (missing % 2 == 0 || name.equals("pool"))) {
        paddings.add(missing / 2);
        far.add(missing - missing / 2);
      }
    }
    if (!agree) {
      boolean hasChannels = to.size() > axes;
      String sides = String.join(", ", found);
      String gives =
          "`%s` from %s gives [%s%s], but `%s` is %s"
              .formatted(name, from, hasChannels ? "·, " : "", sides, target.population(), to);
      evaluator
          .context()
          .fault(
              Diagnostic.of(Code.CONVOLUTION_SHAPE, gives, rule.span())
                  .help(
                      paddings.size() < axes
                          ? shapeWanted(found, hasChannels)
                          : "write `padding: "
                              + pair(paddings)
                              + (far.equals(paddings) ? "" : ", far_padding: " + pair(far))
                              + "`"));
    }
    return agree;
  }

  private String shapeWanted(List<String> sides, boolean hasChannels) {
    String help = "check `padding` and `stride`";
    return sides.stream().allMatch(side -> side.matches("[1-9][0-9]*"))
        ? "%s, or give `%s` the shape [%s%s]"
            .formatted(
                help,
                target.population(),
                hasChannels ? target.shape().getFirst() + ", " : "",
                String.join(", ", sides))
        : help;
  }

  private static String pair(List<Integer> sides) {
    return sides.stream().distinct().count() == 1 ? sides.getFirst().toString() : sides.toString();
  }
}
