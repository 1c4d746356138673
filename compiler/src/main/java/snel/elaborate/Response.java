package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.elaborate.UnheardPopulations.Level;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Linear;
import snel.math.LinearSystem;
import snel.math.Matrix;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Equation;
import snel.model.Population;
import snel.model.Port;

/// How neurons with linear equations answer what arrives.
final class Response {
  /// The response to a kick is followed for so many of the slowest time constants, in steps of a
  /// part of the fastest.
  private static final double LONG = 8;

  private static final double PART = 0.05;
  private static final int MOST_STEPS = 20_000;

  private final Population population;
  private final List<Equation> equations;

  Response(Population population) {
    this.population = population;
    this.equations = population.equations();
  }

  /// The largest that a state becomes after an arrival of one, from rest.
  Optional<Double> peak(String port, String state) {
    Optional<double[]> kick = population.port(port).flatMap(this::kick);
    int v = index(state);
    return v < 0
        ? Optional.empty()
        : kick.flatMap(k -> ConstantRates.of(equations).flatMap(m -> peak(k, v, m)));
  }

  /// How far below the threshold the neuron rests, if it does, and began.
  Optional<Double> gap(Level level) {
    Optional<Matrix> matrix = ConstantRates.of(equations);
    if (matrix.isEmpty()) {
      return Optional.empty();
    }
    int v = index(level.state().name());
    double[][] constants = new double[equations.size()][1];
    for (int i = 0; i < constants.length; i++) {
      Interval rest =
          Interval.of(
              equations.get(i).rate(),
              ref ->
                  index(ref.name()) >= 0 ? new Interval(0, 0) : Doubts.beginning(population, ref));
      if (!Doubts.isPoint(rest)) {
        return Optional.empty();
      }
      constants[i][0] = -rest.low();
    }
    double start = Interval.of(level.state().initial(), _ -> Interval.UNKNOWN).high();
    return v < 0
        ? Optional.empty()
        : LinearSystem.solve(matrix.get(), Matrix.of(constants))
            .map(rest -> level.number() - Math.max(rest.get(v, 0), start))
            .filter(gap -> gap > 0 && Double.isFinite(gap));
  }

  private int index(String variable) {
    for (int i = 0; i < equations.size(); i++) {
      if (equations.get(i).variable().equals(variable)) {
        return i;
      }
    }
    return -1;
  }

  /// What an arrival of one adds to each variable.
  private Optional<double[]> kick(Port port) {
    if (!port.isLinear()) {
      return Optional.empty();
    }
    double[] kick = new double[equations.size()];
    for (Action action : port.body()) {
      if (!(action instanceof Action.Assign(var target, var value, _))) {
        return Optional.empty();
      }
      int i = index(target.name());
      Optional<Linear> parts = Linear.in(value, Owner.ARGUMENT, port.parameters().getFirst());
      if (i < 0
          || parts.isEmpty()
          || !(parts.get().coefficient() instanceof Expr.Num(var coefficient))) {
        return Optional.empty();
      }
      kick[i] = Math.abs(coefficient.toDouble());
    }
    return Optional.of(kick);
  }

  /// The largest value of variable `v` after a kick, by the classical Runge-Kutta method.
  private static Optional<Double> peak(double[] kick, int v, Matrix matrix) {
    double fastest = 0;
    double slowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < matrix.rows(); i++) {
      double rate = Math.abs(matrix.get(i, i));
      fastest = Math.max(fastest, rate);
      slowest = Math.min(slowest, rate);
    }
    double steps = LONG / PART * fastest / slowest;
    if (!(slowest > 0) || steps > MOST_STEPS) {
      return Optional.empty();
    }
    Matrix a = matrix.scaled(PART / fastest);
    Matrix square = a.times(a);
    Matrix step =
        Matrix.identity(a.rows())
            .plus(a)
            .plus(square.scaled(1 / 2.0))
            .plus(square.times(a).scaled(1 / 6.0))
            .plus(square.times(square).scaled(1 / 24.0));
    double[][] column = new double[kick.length][1];
    for (int i = 0; i < kick.length; i++) {
      column[i][0] = kick[i];
    }
    Matrix x = Matrix.of(column);
    double peak = Math.abs(x.get(v, 0));
    for (int n = 0; n < steps; n++) {
      x = step.times(x);
      peak = Math.max(peak, Math.abs(x.get(v, 0)));
    }
    return Optional.of(peak);
  }
}
