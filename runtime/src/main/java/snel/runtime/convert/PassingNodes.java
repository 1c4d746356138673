package snel.runtime.convert;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import snel.runtime.convert.OnnxFlow.Data;
import snel.runtime.convert.Signal.Step;
import snel.runtime.convert.Signal.Way;
import snel.runtime.data.OnnxGraph.Node;

/// Nodes without constants that count.
record PassingNodes(OnnxFlow flow) {
  /// What does nothing for one sample at the time of use.
  static final Set<String> UNCHANGING = Set.of("Identity", "Dropout");

  static final Set<String> POOLS =
      Set.of(
          "MaxPool",
          "AveragePool",
          "GlobalMaxPool",
          "GlobalAveragePool",
          "ReduceMean",
          "ReduceMax");

  /// ONNX types of numbers with fractions.
  private static final Set<Integer> FRACTIONAL = Set.of(1, 10, 11, 16);

  /// What makes no difference, or none that counts.
  void pass(Node node) {
    Data source = flow.data(node, 0);
    if (!flow.stored().hasAll(node.inputs().subList(1, node.inputs().size()))) {
      throw flow.unknown(node, "data as a second input of");
    }
    requireEvaluation(node);
    Data same = source.then(source.signal(), source.shape());
    flow.put(node, same);
  }

  /// A padding of nothing, as some exporters write before a pool.
  void pad(Node node) {
    Optional<int[]> given = flow.stored().wholes(node, "pads", 1);
    if (given.filter(widths -> Arrays.stream(widths).allMatch(width -> width == 0)).isEmpty()) {
      throw flow.unknown(node, "a padding apart from a kernel or pool,");
    }
    pass(node);
  }

  /// One that is over all that a sample has.
  void softmax(Node node) {
    Data source = flow.data(node, 0);
    GraphShape shape = source.shape();
    if (shape.isKnown() && shape.axes() > 0) {
      int number = (int) node.number("axis", -1);
      long all = shape.perSample();
      boolean isWhole =
          shape
              .axis(number)
              .filter(axis -> axis > 0)
              .filter(axis ->
                  all == GraphShape.OPEN
                      || shape.length(axis) == GraphShape.OPEN
                      || shape.length(axis) == all)
              .isPresent();
      if (!isWhole) {
        throw flow.problems()
            .found(
                "one " + node.operation() + " over all answers of a sample",
                OnnxProblems.text(node) + " along axis " + number + " of data of shape " + shape);
      }
    }
    flow.put(node, source.then(source.signal(), shape).closed());
  }

  private void requireEvaluation(Node node) {
    String mode = node.operation().equals("Dropout") ? node.input(2) : "";
    boolean isTraining =
        !mode.isEmpty()
            && flow.stored().find(mode).filter(on -> on.toDoubles()[0] != 0).isPresent();
    if (isTraining) {
      throw flow.problems()
          .found(
              "a model that is exported in evaluation mode (`model.eval()`)",
              OnnxProblems.text(node) + " in training mode, which leaves out some at random");
    }
  }

  void reshape(Node node) {
    Data source = flow.data(node, 0);
    if (!flow.stored().hasAll(node.inputs().subList(1, node.inputs().size()))) {
      throw flow.unknown(node, "data as a second input of");
    }
    GraphShape shape = new Reshaping(flow.stored(), flow.problems(), node).of(source.shape());
    flow.put(node, flat(node, source, shape).then(source.signal(), shape));
  }

  /// Constants for channels become constants for each number.
  private Data flat(Node node, Data source, GraphShape after) {
    Shifted shift = source.shift();
    if (shift.isOne() || after.equals(source.shape())) {
      return source;
    }
    boolean isFlat =
        shift.fits(source.shape())
            && source.shape().perSample() != GraphShape.OPEN
            && after.axes() == 2;
    if (!isFlat) {
      throw flow.unknown(node, "constants for channels before");
    }
    return source.shifted(shift.flat(source.shape()));
  }

  /// The numbers of each sample in another order.
  void transpose(Node node) {
    Data source = flow.data(node, 0);
    GraphShape before = source.shape();
    int[] axes = node.wholes("perm", before.backwards());
    if (!before.isKnown() || before.perSample() == GraphShape.OPEN) {
      throw flow.unknown(node, "data of the shape " + before + " in");
    }
    if (!before.isOrder(axes)) {
      throw flow.unknown(node, "axes " + Arrays.toString(axes) + " of " + before + " in");
    }
    if (axes[0] != 0) {
      throw flow.unknown(node, "samples along another axis than the first behind");
    }
    if (!source.shift().isOne() && !source.shift().fits(before)) {
      throw flow.unknown(node, "constants for channels before");
    }
    int[] ofSample = Arrays.stream(axes).skip(1).map(axis -> axis - 1).toArray();
    List<Integer> lengths = before.lengths().subList(1, before.axes());
    Order order = source.order().turned(lengths, ofSample);
    Data turned = source.turned(before.turned(axes), order);
    Data shifted = source.isShifted() ? turned.shifted(source.shift().turned(axes)) : turned;
    flow.put(
        node,
        flow.foldable(node, 0).map(layer -> shifted.from(layer.turned(axes))).orElse(shifted));
  }

  void cast(Node node) {
    int type = (int) node.number("to", 0);
    if (!FRACTIONAL.contains(type)) {
      throw flow.unknown(node, "data made whole numbers by");
    }
    pass(node);
  }

  /// @param at the input that is rectified
  /// @param ceiling the most that is left of it
  void rectify(Node node, int at, double ceiling) {
    Data source = flow.data(node, at);
    if (source.signal().isInput()) {
      throw flow.unknown(node, "a rectification before the first layer");
    }
    flow.put(node, source.then(source.signal().rectify(ceiling), source.shape()));
  }

  /// Ways that meet.
  void add(Node node) {
    Data sum = ordered(node, 0);
    for (int input = 1; input < node.inputs().size(); input++) {
      sum = added(node, sum, ordered(node, input));
    }
    flow.put(node, sum);
  }

  private Data ordered(Node node, int input) {
    Data data = flow.data(node, input);
    return data.turned(data.shape(), flow.order(node, input, false));
  }

  private Data added(Node node, Data one, Data other) {
    if (!one.order().equals(other.order())) {
      throw flow.unknown(node, "data with its axes in different orders in");
    }
    if (!one.shape().mayBe(other.shape())) {
      throw flow.problems()
          .found(
              "data of one shape in " + OnnxProblems.text(node),
              one.shape() + " and " + other.shape());
    }
    List<Way> ways = Stream.of(one, other).flatMap(data -> data.signal().parts()).toList();
    return one.then(new Signal(ways, false), one.shape().isKnown() ? one.shape() : other.shape());
  }

  void pool(Node node) {
    boolean isGlobal = node.operation().startsWith("Global");
    Optional<Window> window =
        isGlobal ? Optional.empty() : Optional.of(new OnnxWindows(flow.problems()).pool(node));
    flow.put(node, pooled(node, node.operation(), window));
  }

  /// A mean or a largest value of each map is a pool over all of it.
  void reduce(Node node) {
    GraphShape before = flow.data(node, 0).shape();
    int[] given = flow.stored().wholes(node, "axes", 1).orElse(new int[0]);
    Set<Integer> reduced = new TreeSet<>();
    for (int number : given) {
      before.axis(number).ifPresent(reduced::add);
    }
    Set<Integer> all = new TreeSet<>();
    for (int axis = 2; axis < before.axes(); axis++) {
      all.add(axis);
    }
    if (all.isEmpty() || !reduced.equals(all) || given.length != all.size()) {
      throw flow.unknown(
          node, "axes " + Arrays.toString(given) + " of data of the shape " + before + " in");
    }
    String operation =
        node.operation().equals("ReduceMean") ? "GlobalAveragePool" : "GlobalMaxPool";
    Data pooled = pooled(node, operation, Optional.empty());
    boolean keeps = node.number("keepdims", 1) != 0;
    GraphShape shape = keeps ? pooled.shape() : pooled.shape().part(0, 2);
    flow.put(node, pooled.then(pooled.signal(), shape));
  }

  private Data pooled(Node node, String operation, Optional<Window> window) {
    Data source = flow.data(node, 0);
    Order own = flow.order(node, 0, true);
    Pool pool =
        new Pool(
            operation,
            window,
            source.shape().maps(),
            operation.endsWith("MaxPool"),
            node.number("count_include_pad", 0) != 0);
    requireSame(node, source.shift(), pool);
    Signal pooled = new Signal(List.of(new Way(source.signal(), new Step.Pooled(pool))), false);
    GraphShape shape = pooled(source.shape(), window);
    return source.then(pooled, shape).turned(shape, own);
  }

  /// What constants make of values must be the same before a pool and behind it.
  private void requireSame(Node node, Shifted shift, Pool pool) {
    if (pool.maximum() && !shift.rises()) {
      throw flow.unknown(node, "factors below 0 before");
    }
    boolean isPadded = pool.window().filter(window -> !window.margin().isNone()).isPresent();
    if (!pool.maximum() && isPadded && !shift.shift().isZero()) {
      throw flow.unknown(node, "constants added before the padding of");
    }
  }

  private static GraphShape pooled(GraphShape source, Optional<Window> window) {
    if (!source.isKnown() || source.axes() < 3) {
      return GraphShape.UNKNOWN;
    }
    if (window.isPresent()) {
      return OnnxWindows.moved(source, window.get(), source.length(1));
    }
    GraphShape whole = source;
    for (int axis = 2; axis < source.axes(); axis++) {
      whole = whole.with(axis, 1);
    }
    return whole;
  }
}
