package snel.model;

import snel.math.Expr;

/// Where the weights of a projection come from.
public sealed interface WeightSource {
  /// Pure events: the port takes no value.
  record None() implements WeightSource {}

  /// An expression, drawn or computed once a synapse. [snel.math.Owner#PRE] and `POST` may be used.
  record Value(Expr expression) implements WeightSource {}

  /// Written numbers: source-major over the full matrix; of `one_to_one` one a pair, of `conv`
  /// those of the kernels.
  record Matrix(double[] values) implements WeightSource {}

  /// Shares the storage of another projection, times `sign`.
  record Tied(String projection, boolean transposed, int sign) implements WeightSource {}
}
