package snel.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Known;
import snel.math.Linear;
import snel.math.Owner;
import snel.math.Walk;
import snel.model.Equation;

/// Chooses an integrator for every connected block of a model's equations: exact where linear with
/// constant coefficients, exponential Euler where linear given the others, else Runge–Kutta; Euler
/// only when written.
final class IntegratorChoice {
  private final Map<String, Equation> equations = new LinkedHashMap<>();
  private final Noises noises;
  private final double step;
  private final Constants constants;

  /// What counts as a constant coefficient.
  ///
  /// @param settled whether an expression keeps its value while the network runs
  /// @param names of coefficients that are not numbers
  record Constants(Predicate<Expr> settled, CoefficientNames names) {
    /// Numbers only.
    static final Constants NUMBERS =
        new Constants(e -> e instanceof Expr.Num, new CoefficientNames(""));

    boolean holds(Expr expression) {
      return settled.test(expression);
    }
  }

  private IntegratorChoice(
      List<Equation> equations, Noises noises, double step, Constants constants) {
    equations.forEach(e -> this.equations.put(e.variable(), e));
    this.noises = noises;
    this.step = step;
    this.constants = constants;
  }

  static List<Block> choose(List<Equation> equations, Noises noises, double step) {
    return choose(equations, noises, step, Constants.NUMBERS);
  }

  static List<Block> choose(
      List<Equation> equations, Noises noises, double step, Constants constants) {
    return new IntegratorChoice(equations, noises, step, constants).blocks();
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
      blocks.add(alone ? alone(group.get(0)) : ExactStep.of(parts(group), noises, step));
    }
    left.removeAll(exact);
    for (String state : List.copyOf(left)) {
      if (isNoisy(state)) {
        blocks.add(isLinearAlone(state) ? alone(state) : new Block.Euler(state, stochastic(state)));
        left.remove(state);
      }
    }
    for (String state : List.copyOf(left)) {
      if (chose(state, Equation.Method.EXPONENTIAL_EULER) || chose(state, Equation.Method.EXACT)) {
        // the others are held for it, whatever they are integrated by
        blocks.add(exponential(state, Linear.in(equation(state).rate(), state).orElseThrow()));
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
    List<String> used = noises.all().stream().filter(n -> mentions(state, n)).toList();
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
    return stochastic(state).amplitudes().stream().allMatch(constants::holds);
  }

  private boolean isLinearAlone(String state) {
    return Linear.in(drift(state), state).filter(p -> constants.holds(p.coefficient())).isPresent();
  }

  /// The rate without noise.
  private Expr drift(String state) {
    return isNoisy(state) ? stochastic(state).rate() : equation(state).rate();
  }

  private Equation equation(String state) {
    return Known.in(equations, state);
  }

  private boolean chose(String state, Equation.Method method) {
    return equation(state).method().filter(m -> m == method).isPresent();
  }

  private boolean isNoisy(String state) {
    return noises.all().stream().anyMatch(n -> mentions(state, n));
  }

  private boolean mentions(String state, String name) {
    return Walk.mentions(equation(state).rate(), Owner.SELF, name);
  }

  private Block.ExactNoise alone(String state) {
    return ExactStep.alone(parts(List.of(state)), 0, step);
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
      if (parts.isEmpty() || !constants.holds(parts.get().coefficient())) {
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

  /// The equations of `states` taken apart in those states.
  private LinearParts parts(List<String> states) {
    List<List<Expr>> a = new ArrayList<>();
    List<Expr> fixed = new ArrayList<>();
    List<Optional<Expr>> drives = new ArrayList<>();
    List<List<LinearParts.Noise>> noise = new ArrayList<>();
    for (String state : states) {
      Block.Stochastic taken = stochastic(state);
      Expr rest = taken.rate();
      List<Expr> row = new ArrayList<>();
      for (String other : states) {
        Linear linear = Linear.in(rest, other).orElseThrow();
        row.add(linear.coefficient());
        rest = linear.rest();
      }
      a.add(row);
      boolean isFixed = constants.holds(rest);
      fixed.add(isFixed ? rest : Expr.num(0));
      drives.add(isFixed ? Optional.empty() : Optional.of(rest));
      List<LinearParts.Noise> each = new ArrayList<>();
      for (int k = 0; k < taken.noises().size(); k++) {
        each.add(new LinearParts.Noise(taken.noises().get(k), taken.amplitudes().get(k)));
      }
      noise.add(each);
    }
    return new LinearParts(constants.names(), states, a, fixed, drives, noise);
  }

  private List<Block> nonlinear(List<String> states) {
    List<Block> exponential = new ArrayList<>();
    for (String state : states) {
      Optional<Linear> parts = Linear.in(equation(state).rate(), state);
      boolean fits = parts.isPresent() && !Fold.isZero(parts.get().coefficient());
      if (chose(state, Equation.Method.RK4) || !fits) {
        return List.of(rungeKutta(states));
      }
      exponential.add(exponential(state, parts.orElseThrow()));
    }
    return exponential;
  }

  private static Block exponential(String state, Linear parts) {
    return new Block.ExponentialEuler(state, parts.coefficient(), parts.rest());
  }

  private Block rungeKutta(List<String> states) {
    return new Block.RungeKutta(states, states.stream().map(s -> equation(s).rate()).toList());
  }
}
