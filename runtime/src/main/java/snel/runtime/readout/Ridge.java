package snel.runtime.readout;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.ejml.data.DMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.DecompositionInterface;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// Linear regression with a penalty on the weights (Hoerl & Kennard 1970,
/// doi:10.1080/00401706.1970.10488634): one target a class, 1 for the right one and 0 for the
/// others; the class of the largest target wins, the lower of equals. A constant feature is added,
/// whose weight costs nothing.
public final class Ridge implements FittedReadout {
  /// Beyond this the matrix of products would not fit into one Java array.
  private static final int MOST_FEATURES = 46_000;

  private final int features;
  private final int classes;
  private final double penalty;
  private final double[] products; // lower triangle of XᵀX, the constant last
  private final double[] targets; // XᵀY, [feature][class]
  private double @Nullable [] weights; // [feature][class], solved when first needed

  /// @param penalty of the squared weights, as a part of the mean squared feature
  public Ridge(int features, int classes, double penalty) {
    if (features > MOST_FEATURES) {
      throw new DataProblem(
          ProblemKind.BAD_VALUE,
          "a ridge read-out of %d features is too large: %d at most"
              .formatted(features, MOST_FEATURES));
    }
    this.features = features;
    this.classes = classes;
    this.penalty = penalty;
    int n = features + 1;
    this.products = new double[(int) ((long) n * (n + 1) / 2)];
    this.targets = new double[Math.multiplyExact(n, classes)];
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
    int column = Readout.checked(label, classes);
    double[] x = response.values();
    int at = 0;
    for (int i = 0; i <= features; i++) {
      double value = i == features ? 1 : x[i];
      for (int j = 0; j < i; j++) {
        products[at + j] += value * x[j];
      }
      at += i;
      products[at++] += value * value;
      targets[i * classes + column] += value;
    }
    weights = null;
  }

  /// The weights, [feature][class], the constant's last.
  public double[] weights() {
    double[] solved = weights;
    if (solved == null) {
      solved = solve();
      weights = solved;
    }
    return solved;
  }

  @Override
  public int predict(Response response) {
    double[] w = weights();
    double[] sum = new double[classes];
    for (int i = 0; i <= features; i++) {
      double value = i == features ? 1 : response.values()[i];
      for (int c = 0; c < classes; c++) {
        sum[c] += value * w[i * classes + c];
      }
    }
    return Readout.largest(sum);
  }

  /// (XᵀX + λ I) w = XᵀY, with λ the penalty times the mean squared feature times the examples; the
  /// constant's entry of I is 0.
  private double[] solve() {
    if (products[products.length - 1] == 0) {
      throw new DataProblem(
          ProblemKind.NOT_YET, "a ridge read-out was scored before anything was fitted");
    }
    int n = features + 1;
    DMatrixRMaj matrix = new DMatrixRMaj(n, n);
    double trace = 0;
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++, at++) {
        matrix.set(i, j, products[at]);
        matrix.set(j, i, products[at]);
      }
      trace += i < features ? products[at - 1] : 0;
    }
    // any penalty leaves features that are always 0 the weight 0
    double scale = trace == 0 ? 1 : trace / features;
    for (int i = 0; i < features; i++) {
      matrix.add(i, i, penalty * scale);
    }
    DMatrixRMaj diagonal = new DMatrixRMaj(n, 1);
    CommonOps_DDRM.extractDiag(matrix, diagonal);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
    if (!solver.setA(matrix) || dependent(solver.getDecomposition(), diagonal)) {
      throw new DataProblem(
          ProblemKind.BAD_VALUE,
          "the features of a ridge read-out depend on one another: a larger penalty makes the"
              + " solution unique");
    }
    DMatrixRMaj solution = new DMatrixRMaj(n, classes);
    solver.solve(new DMatrixRMaj(n, classes, true, targets.clone()), solution);
    return solution.getData();
  }

  /// The square of a diagonal element of the Cholesky factor is what the features before it leave
  /// unexplained.
  private static boolean dependent(DecompositionInterface<?> decomposition, DMatrixRMaj diagonal) {
    if (!(decomposition instanceof CholeskyDecomposition_F64<?> cholesky)
        || !(cholesky.getT(null) instanceof DMatrix factor)) { // in blocks, if it is large
      throw new IllegalStateException("EJML solved a symmetric system by " + decomposition);
    }
    for (int i = 0; i < diagonal.numRows; i++) {
      double own = factor.get(i, i) * factor.get(i, i);
      if (own < 1e-13 * diagonal.get(i, 0)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public SequencedMap<String, double[]> state() {
    var state = new LinkedHashMap<String, double[]>();
    state.put("products", products.clone());
    state.put("targets", targets.clone());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    System.arraycopy(
        Objects.requireNonNull(state.get("products")), 0, products, 0, products.length);
    System.arraycopy(Objects.requireNonNull(state.get("targets")), 0, targets, 0, targets.length);
    weights = null;
  }
}
