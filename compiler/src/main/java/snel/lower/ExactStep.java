package snel.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Matrix;
import snel.math.MatrixExponential;
import snel.math.StepNoise;

/// The coefficients of an exact step: numbers where the equations hold numbers only, else names of
/// what [StoredStep] computes for each element by the same operations.
final class ExactStep {
  private final LinearParts parts;
  private final double step;
  private final boolean[][] reach;
  private final boolean numeric;

  private ExactStep(LinearParts parts, double step) {
    this.parts = parts;
    this.step = step;
    this.reach = parts.reach();
    this.numeric = parts.hasNumericPropagator();
  }

  /// The step of a group of states by the matrix exponential.
  static Block.Exact of(LinearParts parts, double step) {
    return new ExactStep(parts, step).block();
  }

  private Block.Exact block() {
    double[][] exponential = numeric ? exponential(parts, step) : new double[0][];
    List<Expr> drives = new ArrayList<>();
    parts.drives().forEach(d -> d.ifPresent(drives::add));
    List<List<Block.Share>> noise = shares();
    List<Block.Row> rows = new ArrayList<>();
    for (int row = 0; row < parts.size(); row++) {
      rows.add(
          new Block.Row(
              constant(exponential, row),
              states(exponential, row),
              gains(exponential, row),
              noise.get(row)));
    }
    return new Block.Exact(parts.states(), rows, drives, stored(parts));
  }

  static Optional<LinearParts> stored(LinearParts parts) {
    return parts.isNumeric() ? Optional.empty() : Optional.of(parts);
  }

  /// M and, to its right, the integral of the propagator over the step.
  static double[][] exponential(LinearParts parts, double step) {
    int n = parts.size();
    double[][] augmented = new double[2 * n][2 * n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        augmented[row][column] = number(parts.a().get(row).get(column)) * step;
      }
      augmented[row][n + row] = step;
    }
    return MatrixExponential.of(Matrix.of(augmented)).toRows();
  }

  private Expr constant(double[][] exponential, int row) {
    double sum = 0;
    boolean known = numeric;
    boolean any = false;
    for (int k = 0; k < parts.size(); k++) {
      Expr constant = parts.constants().get(k);
      if (!reach[row][k] || Fold.isZero(constant)) {
        continue;
      }
      any = true;
      known &= constant instanceof Expr.Num;
      sum += known ? exponential[row][parts.size() + k] * number(constant) : 0;
    }
    return !any || known ? Expr.num(sum) : parts.name().constant(parts.states().get(row));
  }

  private List<Optional<Expr>> states(double[][] exponential, int row) {
    List<Optional<Expr>> all = new ArrayList<>();
    for (int column = 0; column < parts.size(); column++) {
      String from = parts.states().get(column);
      String to = parts.states().get(row);
      all.add(
          !reach[row][column]
              ? Optional.empty()
              : Optional.of(
                  numeric
                      ? Expr.num(exponential[row][column])
                      : parts.name().propagator(to, from)));
    }
    return all;
  }

  private List<Optional<Expr>> gains(double[][] exponential, int row) {
    int n = parts.size();
    List<Optional<Expr>> all = new ArrayList<>();
    for (int column = 0; column < n; column++) {
      if (parts.drives().get(column).isEmpty()) {
        continue;
      }
      String from = parts.states().get(column);
      String to = parts.states().get(row);
      all.add(
          !reach[row][column]
              ? Optional.empty()
              : Optional.of(
                  numeric ? Expr.num(exponential[row][n + column]) : parts.name().gain(to, from)));
    }
    return all;
  }

  /// How much of each noise's normal number goes to each state in a step. Where each noise drives
  /// one state of its own, the Cholesky factor of the covariance of those states; else what each
  /// would get alone.
  private List<List<Block.Share>> shares() {
    List<List<Block.Share>> all = new ArrayList<>();
    parts.states().forEach(s -> all.add(new ArrayList<>()));
    List<Integer> driven = parts.driven();
    if (driven.isEmpty()) {
      return all;
    }
    if (!parts.hasOneNoiseEach()) {
      driven.forEach(k -> all.get(k).addAll(sharesAlone(parts, k, step)));
      return all;
    }
    boolean known = parts.hasNumericNoise();
    double[][] factor = known ? factor(driven) : new double[0][];
    for (int j = 0; j < driven.size(); j++) {
      for (int k = 0; k <= j; k++) {
        String noise = parts.noises().get(driven.get(k)).get(0).name();
        String state = parts.states().get(driven.get(j));
        Expr amplitude = known ? Expr.num(factor[j][k]) : parts.name().noise(state, noise);
        if (!Fold.isZero(amplitude)) {
          all.get(driven.get(j)).add(new Block.Share(noise, amplitude));
        }
      }
    }
    return all;
  }

  private double[][] factor(List<Integer> driven) {
    int n = parts.size();
    double[][] a = new double[n][n];
    double[][] g = new double[n][driven.size()];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        a[row][column] = number(parts.a().get(row).get(column));
      }
    }
    for (int k = 0; k < driven.size(); k++) {
      g[driven.get(k)][k] = number(parts.noises().get(driven.get(k)).get(0).amplitude());
    }
    double[][] covariance = StepNoise.of(Matrix.of(a), Matrix.of(g), step).covariance().toRows();
    double[][] own = new double[driven.size()][driven.size()];
    for (int j = 0; j < driven.size(); j++) {
      for (int k = 0; k < driven.size(); k++) {
        own[j][k] = covariance[driven.get(j)][driven.get(k)];
      }
    }
    return new StepNoise(Matrix.of(own)).factor().toRows();
  }

  /// The step of state `k` by itself, the others being constant.
  static Block.ExactNoise alone(LinearParts parts, int k, double step) {
    String state = parts.states().get(k);
    Expr coefficient = parts.a().get(k).get(k);
    Expr constant = parts.constants().get(k);
    boolean numeric = coefficient instanceof Expr.Num;
    double a = numeric ? number(coefficient) : 0;
    double gain = a == 0 ? step : StrictMath.expm1(a * step) / a;
    Expr added =
        numeric && constant instanceof Expr.Num
            ? Expr.num(number(constant) * gain)
            : Fold.isZero(constant) ? constant : parts.name().constant(state);
    return new Block.ExactNoise(
        state,
        numeric ? Expr.num(StrictMath.exp(a * step)) : parts.name().propagator(state, state),
        added,
        parts.drives().get(k),
        numeric ? Expr.num(gain) : parts.name().gain(state, state),
        sharesAlone(parts, k, step),
        stored(parts));
  }

  /// The noise of state `k` by itself.
  static List<Block.Share> sharesAlone(LinearParts parts, int k, double step) {
    Expr coefficient = parts.a().get(k).get(k);
    List<Block.Share> all = new ArrayList<>();
    for (LinearParts.Noise each : parts.noises().get(k)) {
      boolean numeric = coefficient instanceof Expr.Num && each.amplitude() instanceof Expr.Num;
      Expr amplitude =
          numeric
              ? Expr.num(number(each.amplitude()) * spread(number(coefficient), step))
              : parts.name().noise(parts.states().get(k), each.name());
      all.add(new Block.Share(each.name(), amplitude));
    }
    return all;
  }

  private static double spread(double a, double step) {
    double p = StrictMath.exp(a * step);
    return a == 0 ? StrictMath.sqrt(step) : StrictMath.sqrt((p * p - 1) / (2 * a));
  }

  private static double number(Expr expression) {
    return ((Expr.Num) expression).value().toDouble();
  }
}
