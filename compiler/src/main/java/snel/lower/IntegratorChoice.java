package snel.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Known;
import snel.math.Linear;
import snel.math.Matrix;
import snel.math.MatrixExponential;
import snel.math.Owner;
import snel.math.StepNoise;
import snel.math.Walk;
import snel.model.Equation;

/// Chooses an integrator for every connected block of a model's equations: exact where linear with
/// constant coefficients, exponential Euler where linear given the others, else Runge–Kutta; Euler
/// only when written.
final class IntegratorChoice {
  private final Map<String, Equation> equations = new LinkedHashMap<>();
  private final Set<String> noises;
  private final double step;

  private IntegratorChoice(List<Equation> equations, Set<String> noises, double step) {
    equations.forEach(e -> this.equations.put(e.variable(), e));
    this.noises = noises;
    this.step = step;
  }

  static List<Block> choose(List<Equation> equations, Set<String> noises, double step) {
    return new IntegratorChoice(equations, noises, step).blocks();
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Set<String> left = new LinkedHashSet<>(equations.keySet());
    List<String> heun = left.stream().filter(s -> chose(s, Equation.Method.HEUN)).toList();
    if (!heun.isEmpty()) {
      blocks.add(new Block.Heun(heun, heun.stream().map(this::stochastic).toList()));
      left.removeAll(heun);
    }
    for (String state : List.copyOf(left)) {
      if (isNoisy(state) && !isAdditive(state) || chose(state, Equation.Method.EULER)) {
        blocks.add(new Block.Euler(state, stochastic(state)));
        left.remove(state);
      }
    }
    Set<String> exact = exactStates(left);
    for (List<String> group : groups(exact)) {
      boolean alone = group.size() == 1 && isNoisy(group.get(0));
      blocks.add(alone ? alone(group.get(0)) : propagator(group));
    }
    left.removeAll(exact);
    for (String state : List.copyOf(left)) {
      if (isNoisy(state)) {
        blocks.add(isLinearAlone(state) ? alone(state) : new Block.Euler(state, stochastic(state)));
        left.remove(state);
      }
    }
    for (List<String> group : groups(left)) {
      blocks.addAll(nonlinear(group));
    }
    return blocks;
  }

  // Noise

  /// The equation taken apart as `rate + sum amplitude_k * noise_k`.
  private Block.Stochastic stochastic(String state) {
    Expr rate = equation(state).rate();
    List<String> used = noises.stream().filter(n -> mentions(state, n)).toList();
    List<Expr> amplitudes = new ArrayList<>();
    for (String noise : used) {
      Linear parts =
          Linear.in(rate, noise)
              .orElseThrow(() -> new snel.diagnostics.CompilerBug("noise enters linearly"));
      amplitudes.add(parts.coefficient());
      rate = parts.rest();
    }
    return new Block.Stochastic(rate, used, amplitudes);
  }

  private boolean isAdditive(String state) {
    return stochastic(state).amplitudes().stream().allMatch(a -> a instanceof Expr.Num);
  }

  private boolean isLinearAlone(String state) {
    return Linear.in(drift(state), state)
        .filter(p -> p.coefficient() instanceof Expr.Num)
        .isPresent();
  }

  /// The rate without noise.
  private Expr drift(String state) {
    return isNoisy(state) ? stochastic(state).rate() : equation(state).rate();
  }

  /// How much of each noise's normal number goes to each state of an exact block in a step. Where
  /// each noise drives one state of its own, the Cholesky factor of the covariance of those states;
  /// else what each would get alone.
  private List<List<Block.Share>> shares(List<String> states, Matrix a) {
    List<String> driven = states.stream().filter(this::isNoisy).toList();
    List<String> used =
        noises.stream().filter(n -> driven.stream().anyMatch(s -> mentions(s, n))).toList();
    List<List<Block.Share>> all = new ArrayList<>();
    states.forEach(s -> all.add(new ArrayList<>()));
    boolean oneEach =
        used.size() == driven.size()
            && driven.stream().allMatch(s -> stochastic(s).noises().size() == 1);
    if (oneEach && !driven.isEmpty()) {
      double[][] g = new double[states.size()][driven.size()];
      for (int k = 0; k < driven.size(); k++) {
        g[states.indexOf(driven.get(k))][k] = number(stochastic(driven.get(k)).amplitudes().get(0));
      }
      double[][] covariance = StepNoise.of(a, Matrix.of(g), step).covariance().toRows();
      double[][] own = new double[driven.size()][driven.size()];
      for (int j = 0; j < driven.size(); j++) {
        for (int k = 0; k < driven.size(); k++) {
          own[j][k] = covariance[states.indexOf(driven.get(j))][states.indexOf(driven.get(k))];
        }
      }
      double[][] factor = new StepNoise(Matrix.of(own)).factor().toRows();
      for (int j = 0; j < driven.size(); j++) {
        for (int k = 0; k <= j; k++) {
          if (factor[j][k] != 0) {
            String noise = stochastic(driven.get(k)).noises().get(0);
            all.get(states.indexOf(driven.get(j))).add(new Block.Share(noise, factor[j][k]));
          }
        }
      }
      return all;
    }
    for (String state : driven) {
      Block.ExactNoise single = alone(state);
      for (int k = 0; k < single.noises().size(); k++) {
        all.get(states.indexOf(state))
            .add(new Block.Share(single.noises().get(k), single.amplitudes()[k]));
      }
    }
    return all;
  }

  private Equation equation(String state) {
    return Known.in(equations, state);
  }

  private boolean chose(String state, Equation.Method method) {
    return equation(state).method().filter(m -> m == method).isPresent();
  }

  private boolean isNoisy(String state) {
    return noises.stream().anyMatch(n -> mentions(state, n));
  }

  private boolean mentions(String state, String name) {
    return Walk.mentions(equation(state).rate(), Owner.SELF, name);
  }

  private Block.ExactNoise alone(String state) {
    Block.Stochastic parts = stochastic(state);
    Linear linear = Linear.in(parts.rate(), state).orElseThrow();
    double a = number(linear.coefficient());
    double p = StrictMath.exp(a * step);
    double gain = a == 0 ? step : StrictMath.expm1(a * step) / a;
    double spread = a == 0 ? StrictMath.sqrt(step) : StrictMath.sqrt((p * p - 1) / (2 * a));
    double[] sizes = new double[parts.noises().size()];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = number(parts.amplitudes().get(k)) * spread;
    }
    Expr rest = linear.rest();
    boolean fixed = rest instanceof Expr.Num;
    return new Block.ExactNoise(
        state,
        p,
        fixed ? number(rest) * gain : 0,
        fixed ? List.of() : List.of(rest),
        gain,
        parts.noises(),
        sizes);
  }

  /// The greatest set whose equations are linear with constant coefficients in the set's own states
  /// and depend on no other state that moves.
  private Set<String> exactStates(Set<String> candidates) {
    Set<String> exact = new LinkedHashSet<>();
    for (String state : candidates) {
      if (equation(state).method().isEmpty() || chose(state, Equation.Method.EXACT)) {
        exact.add(state);
      }
    }
    boolean changed = true;
    while (changed) {
      Set<String> set = exact;
      changed = exact.removeIf(state -> !isExact(state, set));
    }
    return exact;
  }

  private boolean isExact(String state, Set<String> set) {
    Expr rest = drift(state);
    for (String other : set) {
      Optional<Linear> parts = Linear.in(rest, other);
      if (parts.isEmpty() || !(parts.get().coefficient() instanceof Expr.Num)) {
        return false;
      }
      rest = parts.get().rest();
    }
    for (String other : equations.keySet()) {
      if (Walk.mentions(rest, Owner.SELF, other)) {
        return false;
      }
    }
    return true;
  }

  /// Connected components of the dependency graph within `states`, in order of declaration.
  private List<List<String>> groups(Set<String> states) {
    Map<String, String> root = new LinkedHashMap<>();
    states.forEach(s -> root.put(s, s));
    for (String state : states) {
      for (String other : states) {
        if (mentions(state, other)) {
          String a = find(root, state);
          String b = find(root, other);
          root.replaceAll((k, v) -> v.equals(b) ? a : v);
        }
      }
    }
    Map<String, List<String>> byRoot = new LinkedHashMap<>();
    for (String state : states) {
      byRoot.computeIfAbsent(find(root, state), k -> new ArrayList<>()).add(state);
    }
    return List.copyOf(byRoot.values());
  }

  private static String find(Map<String, String> root, String state) {
    return root.getOrDefault(state, state);
  }

  private Block propagator(List<String> states) {
    int n = states.size();
    double[][] augmented = new double[2 * n][2 * n];
    List<Expr> rests = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      Expr rest = drift(states.get(row));
      for (int column = 0; column < n; column++) {
        Linear parts = Linear.in(rest, states.get(column)).orElseThrow();
        augmented[row][column] = number(parts.coefficient()) * step;
        rest = parts.rest();
      }
      augmented[row][n + row] = step;
      rests.add(rest);
    }
    double[][] exponential = MatrixExponential.of(Matrix.of(augmented)).toRows();
    double[][] m = new double[n][n];
    double[][] phi = new double[n][n];
    for (int row = 0; row < n; row++) {
      System.arraycopy(exponential[row], 0, m[row], 0, n);
      System.arraycopy(exponential[row], n, phi[row], 0, n);
    }
    double[] constants = new double[n];
    List<Expr> drives = new ArrayList<>();
    List<Integer> driven = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      if (rests.get(k) instanceof Expr.Num) {
        for (int row = 0; row < n; row++) {
          constants[row] += phi[row][k] * number(rests.get(k));
        }
      } else {
        drives.add(rests.get(k));
        driven.add(k);
      }
    }
    double[][] gains = new double[n][drives.size()];
    for (int row = 0; row < n; row++) {
      for (int d = 0; d < driven.size(); d++) {
        gains[row][d] = phi[row][driven.get(d)];
      }
    }
    double[][] a = new double[n][n];
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        a[row][column] = augmented[row][column] / step;
      }
    }
    return new Block.Exact(states, m, constants, drives, gains, shares(states, Matrix.of(a)));
  }

  private List<Block> nonlinear(List<String> states) {
    List<Block> exponential = new ArrayList<>();
    for (String state : states) {
      Optional<Linear> parts = Linear.in(equation(state).rate(), state);
      boolean fits = parts.isPresent() && !Fold.isZero(parts.get().coefficient());
      if (chose(state, Equation.Method.RK4)
          || !fits && !chose(state, Equation.Method.EXPONENTIAL_EULER)) {
        return List.of(rungeKutta(states));
      }
      exponential.add(
          new Block.ExponentialEuler(
              state, parts.orElseThrow().coefficient(), parts.orElseThrow().rest()));
    }
    return exponential;
  }

  private Block rungeKutta(List<String> states) {
    return new Block.RungeKutta(states, states.stream().map(s -> equation(s).rate()).toList());
  }

  private static double number(Expr expression) {
    return ((Expr.Num) expression).value().toDouble();
  }
}
