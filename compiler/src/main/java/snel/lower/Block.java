package snel.lower;

import java.util.List;
import snel.math.Expr;

/// How one group of equations is integrated (semantics.md §7).
sealed interface Block {
  List<String> states();

  /// Linear with constant coefficients: `x ← M x + c + Phi u`, u the terms constant within a step.
  ///
  /// @param propagator M, row and column in the order of `states`
  /// @param constants c, one a state
  /// @param drives the symbolic terms u
  /// @param driveGains Phi for each state (row) and drive (column)
  /// @param noise what white noises add to each state
  record Exact(
      List<String> states,
      double[][] propagator,
      double[] constants,
      List<Expr> drives,
      double[][] driveGains,
      List<List<Share>> noise)
      implements Block {}

  /// `amplitude` times the step's standard normal of a noise.
  record Share(String noise, double amplitude) {}

  /// A rate `rate + sum amplitude_k xi_k`.
  record Stochastic(Expr rate, List<String> noises, List<Expr> amplitudes) {}

  /// Linear alone with additive noise: `x ← P x + c + sum S_k z_k`.
  record ExactNoise(
      String state,
      double decay,
      double constant,
      List<Expr> drives,
      double driveGain,
      List<String> noises,
      double[] amplitudes)
      implements Block {
    @Override
    public List<String> states() {
      return List.of(state);
    }
  }

  /// `x' = coefficient x + rest`, all others at old values.
  record ExponentialEuler(String state, Expr coefficient, Expr rest) implements Block {
    @Override
    public List<String> states() {
      return List.of(state);
    }
  }

  /// Classical fourth order over all states of the group.
  record RungeKutta(List<String> states, List<Expr> rates) implements Block {}

  /// Forward Euler because the author wrote so, or Euler–Maruyama with noise.
  record Euler(String state, Stochastic rate) implements Block {
    @Override
    public List<String> states() {
      return List.of(state);
    }
  }

  /// Heun's method over all states that the author wants it for (Stratonovich, with noise).
  record Heun(List<String> states, List<Stochastic> rates) implements Block {}
}
