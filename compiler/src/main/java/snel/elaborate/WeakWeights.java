package snel.elaborate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.elaborate.UnheardPopulations.Level;
import snel.math.Expr;
import snel.math.Interval;
import snel.math.Linear;
import snel.math.LinearSystem;
import snel.math.Matrix;
import snel.math.Owner;
import snel.model.Action;
import snel.model.Amounts;
import snel.model.Endpoint;
import snel.model.Equation;
import snel.model.Network;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.units.Rational;

/// All that can arrive at a neuron at once moves it at least a tenth of the way from rest to its
/// threshold. Told of neurons with linear equations. W0805.
final class WeakWeights {
  private static final double TENTH = 0.1;

  /// The response to a kick is followed for so many of the slowest time constants, in steps of a
  /// part of the fastest.
  private static final double LONG = 8;

  private static final double PART = 0.05;
  private static final int MOST_STEPS = 20_000;

  private final Doubts doubts;
  private final Population population;
  private final List<Equation> equations;

  private WeakWeights(Doubts doubts, Population population) {
    this.doubts = doubts;
    this.population = population;
    this.equations = population.equations();
  }

  static void check(Doubts doubts, Diagnostics diagnostics) {
    for (Population population : doubts.network().populations()) {
      if (!population.isInput()) {
        new WeakWeights(doubts, population).silence().ifPresent(diagnostics::report);
      }
    }
  }

  private Optional<Diagnostic> silence() {
    Network network = doubts.network();
    Optional<Level> level = UnheardPopulations.threshold(population);
    boolean driven =
        network.drives().stream()
            .anyMatch(drive -> drive.target().population().equals(population.path()));
    if (level.isEmpty() || driven || UnheardPopulations.isMovedOtherwise(population, doubts)) {
      return Optional.empty();
    }
    List<Projection> arriving = new ArrayList<>();
    for (Projection projection : network.projections()) {
      switch (projection.target()) {
        case Endpoint.NeuronPort(var slice, _) -> {
          if (slice.population().equals(population.path())) {
            arriving.add(projection);
          }
        }
        case Endpoint.NeuronInput(var slice, _) -> {
          if (slice.population().equals(population.path())) {
            return Optional.empty();
          }
        }
        case Endpoint.SynapsePort _, Endpoint.SynapseInput _ -> {}
      }
    }
    Optional<Matrix> matrix = matrix();
    if (arriving.isEmpty() || matrix.isEmpty()) {
      return Optional.empty();
    }
    return gap(level.get(), matrix.get())
        .flatMap(gap ->
            reach(arriving, level.get(), matrix.get())
                .filter(reach -> reach < TENTH * gap)
                .map(reach -> told(arriving.getFirst(), level.get(), gap, reach)));
  }

  private Diagnostic told(Projection projection, Level level, double gap, double reach) {
    String unit = level.state().unit();
    double factor = level.state().factor();
    return Diagnostic.of(
            Code.SILENT_NETWORK,
            "all that arrives at `%s` at once moves `%s` by %s, and it rests %s below threshold"
                .formatted(
                    population.path(),
                    level.state().name(),
                    shown(reach / factor, unit),
                    shown(gap / factor, unit)),
            projection.span(),
            "silent network?")
        .label(population.span(), "rests here")
        .help("is the unit of the weight the one that was meant?");
  }

  private static String shown(double number, String unit) {
    double rounded = Double.parseDouble("%.3g".formatted(number));
    String digits =
        Rational.ofShortest(rounded).toDouble() == Math.rint(rounded)
            ? String.valueOf(Math.round(rounded))
            : String.valueOf(rounded);
    return unit.isEmpty() ? digits : digits + " " + unit;
  }

  /// What each rate takes of each variable, if that is constant.
  private Optional<Matrix> matrix() {
    double[][] rows = new double[equations.size()][equations.size()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows.length; j++) {
        Optional<Linear> parts = Linear.in(equations.get(i).rate(), equations.get(j).variable());
        if (parts.isEmpty() || !(parts.get().coefficient() instanceof Expr.Num(var value))) {
          return Optional.empty();
        }
        rows[i][j] = value.toDouble();
      }
    }
    return Optional.of(Matrix.of(rows));
  }

  private int index(String variable) {
    for (int i = 0; i < equations.size(); i++) {
      if (equations.get(i).variable().equals(variable)) {
        return i;
      }
    }
    return -1;
  }

  /// How far below the threshold the neuron rests, if it does, and began.
  private Optional<Double> gap(Level level, Matrix matrix) {
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
        : LinearSystem.solve(matrix, Matrix.of(constants))
            .map(rest -> level.number() - Math.max(rest.get(v, 0), start))
            .filter(gap -> gap > 0 && Double.isFinite(gap));
  }

  /// How far all that can arrive at once moves the state of the threshold.
  private Optional<Double> reach(List<Projection> arriving, Level level, Matrix matrix) {
    Network network = doubts.network();
    var amounts =
        new Amounts(path ->
            network.projections().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow());
    double reach = 0;
    for (Projection projection : arriving) {
      String name = ((Endpoint.NeuronPort) projection.target()).port();
      Optional<double[]> kick = population.port(name).flatMap(this::kick);
      Optional<Double> peak = kick.flatMap(k -> peak(k, index(level.state().name()), matrix));
      if (peak.isEmpty()) {
        return Optional.empty();
      }
      reach += peak.get() * amounts.largest(projection) * Amounts.fanIn(projection);
    }
    return Double.isFinite(reach) ? Optional.of(reach) : Optional.empty();
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
