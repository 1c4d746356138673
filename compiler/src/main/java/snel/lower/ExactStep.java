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
  private final Noises noises;
  private final double step;
  private final boolean[][] reach;
  private final boolean numeric;

  private ExactStep(LinearParts parts, Noises noises, double step) {
    this.parts = parts;
    this.noises = noises;
    this.step = step;
    this.reach = parts.reach();
    this.numeric = parts.hasNumericPropagator();
  }

  /// The step of a group of states by the matrix exponential.
  static Block.Exact of(LinearParts parts, Noises noises, double step) {
    return new ExactStep(parts, noises, step).block();
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
    return new Block.Exact(parts.states(), rows, drives, stored(parts), noises);
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

  /// How much of each standard normal of a step goes to each state: the Cholesky factor of the
  /// covariance that the noises give to all states that they reach.
  private List<List<Block.Share>> shares() {
    List<List<Block.Share>> all = new ArrayList<>();
    parts.states().forEach(_ -> all.add(new ArrayList<>()));
    boolean known = parts.hasNumericNoise();
    for (NoiseGroup group : NoiseGroup.of(parts, noises)) {
      double[][] factor = known ? factor(group) : new double[0][];
      for (int j = 0; j < group.order().size(); j++) {
        int row = group.order().get(j);
        for (int k = 0; k <= j; k++) {
          Block.Normal draw = group.draws().get(k);
          String state = parts.states().get(row);
          Expr amplitude = known ? Expr.num(factor[j][k]) : parts.name().noise(state, draw);
          if (!Fold.isZero(amplitude)) {
            all.get(row).add(new Block.Share(draw, amplitude));
          }
        }
      }
    }
    return all;
  }

  private double[][] factor(NoiseGroup group) {
    int n = parts.size();
    List<String> columns = List.copyOf(group.noises());
    double[][] a = new double[n][n];
    double[][] g = new double[n][columns.size()];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        a[row][column] = number(parts.a().get(row).get(column));
      }
      for (LinearParts.Noise each : group.driving(parts, row)) {
        g[row][columns.indexOf(each.name())] = number(each.amplitude());
      }
    }
    double[][] covariance = StepNoise.of(Matrix.of(a), Matrix.of(g), step).covariance().toRows();
    int reached = group.order().size();
    double[][] own = new double[reached][reached];
    for (int j = 0; j < reached; j++) {
      for (int k = 0; k < reached; k++) {
        own[j][k] = covariance[group.order().get(j)][group.order().get(k)];
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
      Block.Normal draw = Block.Normal.first(each.name());
      boolean numeric = coefficient instanceof Expr.Num && each.amplitude() instanceof Expr.Num;
      Expr amplitude =
          numeric
              ? Expr.num(number(each.amplitude()) * spread(number(coefficient), step))
              : parts.name().noise(parts.states().get(k), draw);
      all.add(new Block.Share(draw, amplitude));
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
