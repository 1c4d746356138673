package snel.lower;

import java.util.List;
import java.util.Optional;
import snel.math.Expr;

/// How one group of equations is integrated (semantics.md §7).
sealed interface Block {
  List<String> states();

  /// Linear with constant coefficients: `x ← M x + c + Phi u`, u the terms constant within a step.
  /// A coefficient is a number, or a name of what is stored for each element.
  ///
  /// @param rows one a state
  /// @param drives the symbolic terms u
  /// @param stored how the stored coefficients come about; absent if there are none
  /// @param noises those that the states may be driven by
  record Exact(
      List<String> states,
      List<Row> rows,
      List<Expr> drives,
      Optional<LinearParts> stored,
      Noises noises)
      implements Block {}

  /// The new value of one state of an exact block. What is zero by the pattern of the equations is
  /// left out.
  ///
  /// @param states factors of the block's states, in their order
  /// @param drives factors of the drives, in their order
  record Row(
      Expr constant, List<Optional<Expr>> states, List<Optional<Expr>> drives, List<Share> noise) {}

  /// A standard normal of a step: the first of a noise, or a further one that a covariance takes.
  record Normal(String noise, int ordinal) {
    static Normal first(String noise) {
      return new Normal(noise, 0);
    }

    /// As a part of names.
    String text() {
      return ordinal == 0 ? noise : noise + "@" + ordinal;
    }
  }

  /// `amplitude` times a standard normal of the step.
  record Share(Normal normal, Expr amplitude) {}

  /// A rate `rate + sum amplitude_k xi_k`.
  record Stochastic(Expr rate, List<String> noises, List<Expr> amplitudes) {}

  /// Linear alone with additive noise: `x ← P x + c + sum S_k z_k`.
  record ExactNoise(
      String state,
      Expr decay,
      Expr constant,
      Optional<Expr> drive,
      Expr driveGain,
      List<Share> noise,
      Optional<LinearParts> stored)
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
