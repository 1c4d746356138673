package snel.gradient;

import java.util.List;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Function;

/// What stands for the derivative of a threshold.
public sealed interface Threshold {
  /// A surrogate: spikes stay spikes, and `slope` is taken for the derivative of a spike by how far
  /// the state is above threshold.
  ///
  /// @param slope an expression of the local [snel.ir.Training#MARGIN]
  record Surrogate(Expr slope) implements Threshold {}

  /// A smoothed network, whose spikes are sigmoid(steepness * margin) and whose gradient is exact:
  /// what surrogate gradients are checked with.
  record Smooth(double steepness) implements Threshold {}

  /// The sigmoid that stands for a spike where the network is smoothed.
  static Expr sigmoid(double steepness, Expr margin) {
    Expr scaled = new Expr.Binary(BinaryOp.MUL, Expr.real(margin.type(), steepness), margin);
    return new Expr.Call(Function.SIGMOID, margin.type(), List.of(scaled));
  }
}
