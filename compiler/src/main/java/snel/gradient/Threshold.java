package snel.gradient;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Function;

/// What stands for the derivative of a threshold.
public sealed interface Threshold {
  /// A surrogate: spikes stay spikes, and `slope` is taken for the derivative of a spike by how far
  /// the state is above threshold.
  ///
  /// @param slope an expression of the local [snel.ir.Training#MARGIN]
  record Surrogate(Expr slope) implements Threshold {}

  /// Spikes are told by their times: what a spike does later is what it would have done earlier,
  /// and its time follows the state by how fast that rose through the threshold.
  ///
  /// @param least rise of the state in a millisecond that is taken
  /// @param wake derivative, downwards, by the largest margin of a silent neuron
  /// @param step in milliseconds
  /// @param resets whether what a spike sets in its own neuron moves with it
  /// @param firsts names of the readings that are times of first spikes, and of the lists of spikes
  /// @param nudges what the loss wants to be more or less excited
  record Times(
      double least,
      double wake,
      double step,
      boolean resets,
      Map<String, String> firsts,
      List<Nudge> nudges)
      implements Threshold {
    public Times {
      firsts = Collections.unmodifiableMap(new LinkedHashMap<>(firsts));
      nudges = List.copyOf(nudges);
    }
  }

  /// Derivatives by the margins of the neurons of a list, step by step.
  ///
  /// @param list name of the list of spikes
  /// @param margins element `step * size + neuron`
  record Nudge(String list, Buffer margins, int size, double factor) {}

  /// A smoothed network, whose spikes are sigmoid(steepness * margin) and whose gradient is exact:
  /// what surrogate gradients are checked with.
  record Smooth(double steepness) implements Threshold {}

  /// The sigmoid that stands for a spike where the network is smoothed.
  static Expr sigmoid(double steepness, Expr margin) {
    Expr scaled = new Expr.Binary(BinaryOp.MUL, Expr.real(margin.type(), steepness), margin);
    return new Expr.Call(Function.SIGMOID, margin.type(), List.of(scaled));
  }
}
