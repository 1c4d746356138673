package snel.runtime.readout;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// A linear support vector machine, one class against the others, with the squared hinge loss, by
/// dual coordinate descent (Hsieh et al. 2008, doi:10.1145/1390156.1390208) in LIBLINEAR. A
/// constant feature is added. The order in which the solver visits the examples comes from a fixed
/// seed.
public final class LinearSvm implements FittedReadout {
  private static final double TOLERANCE = 1e-3;
  private static final int MOST_ITERATIONS = 10_000;
  private static final int SEED = 1;

  private final int features;
  private final int classes;
  private final double price;
  private final List<Feature[]> examples = new ArrayList<>();
  private final List<Double> labels = new ArrayList<>();
  private @Nullable Model model;

  /// @param price of an example on the wrong side, the C of the literature
  public LinearSvm(int features, int classes, double price) {
    this.features = features;
    this.classes = classes;
    this.price = price;
  }

  @Override
  public Wanted wanted() {
    return Wanted.VALUES;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void fit(Response response, long label) {
    labels.add((double) Readout.checked(label, classes));
    examples.add(nodes(response.values()));
    model = null;
  }

  @Override
  public int predict(Response response) {
    if (labels.isEmpty()) {
      throw new DataProblem(
          ProblemKind.NOT_YET, "a support vector machine was scored before anything was fitted");
    }
    return (int) Linear.predict(solved(), nodes(response.values()));
  }

  /// The labels met so far; weights of two are those of the first against the other.
  public double[] labels() {
    return labels.isEmpty()
        ? new double[0]
        : Arrays.stream(solved().getLabels()).asDoubleStream().toArray();
  }

  /// Feature by feature, the constant last, one for each of the labels, or one if they are two.
  public double[] weights() {
    return labels.isEmpty() ? new double[0] : solved().getFeatureWeights();
  }

  private Model solved() {
    Model known = model;
    if (known == null) {
      known = solve();
      model = known;
    }
    return known;
  }

  private Model solve() {
    Problem problem = new Problem();
    problem.l = examples.size();
    problem.n = features + 1;
    problem.bias = 1;
    problem.x = examples.toArray(Feature[][]::new);
    problem.y = labels.stream().mapToDouble(Double::doubleValue).toArray();
    Parameter parameter =
        new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, price, MOST_ITERATIONS, TOLERANCE);
    parameter.setRandom(new Random(SEED));
    Linear.disableDebugOutput();
    return Linear.train(problem, parameter);
  }

  /// The features that are not 0, numbered from 1, and the constant.
  private Feature[] nodes(double[] values) {
    int count = 0;
    for (int i = 0; i < features; i++) {
      count += values[i] == 0 ? 0 : 1;
    }
    Feature[] nodes = new Feature[count + 1];
    int at = 0;
    for (int i = 0; i < features; i++) {
      if (values[i] != 0) {
        nodes[at++] = new FeatureNode(i + 1, values[i]);
      }
    }
    nodes[at] = new FeatureNode(features + 1, 1);
    return nodes;
  }

  /// The examples in compressed rows: how many features each has, their numbers and values.
  @Override
  public SequencedMap<String, double[]> state() {
    int total = examples.stream().mapToInt(row -> row.length - 1).sum();
    double[] lengths = new double[examples.size()];
    double[] indices = new double[total];
    double[] values = new double[total];
    int at = 0;
    for (int row = 0; row < lengths.length; row++) {
      Feature[] nodes = examples.get(row);
      lengths[row] = nodes.length - 1.0;
      for (int k = 0; k + 1 < nodes.length; k++, at++) {
        indices[at] = nodes[k].getIndex() - 1.0;
        values[at] = nodes[k].getValue();
      }
    }
    var state = new LinkedHashMap<String, double[]>();
    state.put("labels", labels.stream().mapToDouble(Double::doubleValue).toArray());
    state.put("lengths", lengths);
    state.put("indices", indices);
    state.put("values", values);
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] lengths = Objects.requireNonNull(state.get("lengths"));
    double[] indices = Objects.requireNonNull(state.get("indices"));
    double[] values = Objects.requireNonNull(state.get("values"));
    examples.clear();
    labels.clear();
    model = null;
    int at = 0;
    for (double length : lengths) {
      double[] row = new double[features];
      for (int k = 0; k < length; k++, at++) {
        row[(int) indices[at]] = values[at];
      }
      examples.add(nodes(row));
    }
    for (double label : Objects.requireNonNull(state.get("labels"))) {
      labels.add(label);
    }
  }
}
