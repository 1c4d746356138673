package snel.lower;

import static snel.lower.Emit.i;

import snel.ir.BinaryOp;
import snel.ir.Expr;

/// Draws of neuron `self`: initial values (all counters but the index are 0), or one a step with
/// the step within the presentation and the presentation number (semantics.md §10).
record NeuronDraws(String path, String purpose, Expr self, Time time) implements Draws {
  enum Time {
    /// Once, when built.
    INITIAL,
    /// Anew in every step.
    STEP,
    /// Anew in every step, the same in every presentation (`frozen`).
    FROZEN
  }

  /// Those of a parameter or input, the same whenever they are asked for.
  static NeuronDraws ofArgument(String declaration, Expr self) {
    return new NeuronDraws(declaration, "param", self, Time.INITIAL);
  }

  @Override
  public Expr word(int ordinal, Expr redraw) {
    return new Expr.Philox(
        i(Streams.of(path, purpose, ordinal)),
        new Expr.Binary(BinaryOp.SHR, self, i(2)),
        i(0),
        step(),
        time == Time.STEP ? presentation(redraw) : redraw,
        new Expr.Binary(BinaryOp.AND, self, i(3)));
  }

  @Override
  public Expr rounding(int ordinal) {
    return new NeuronDraws(path, purpose + ".rounding", self, time).word(ordinal, i(0));
  }

  @Override
  public Sequence sequence(int ordinal) {
    return new Sequence(i(Streams.of(path, purpose, ordinal)), self, step(), i(0));
  }

  private Expr step() {
    return time == Time.INITIAL ? i(0) : Emit.episodeStep32();
  }

  /// A redraw inside a step must not meet another presentation: it moves to the top bits.
  private static Expr presentation(Expr redraw) {
    Expr high = new Expr.Binary(BinaryOp.SHL, redraw, i(24));
    return new Expr.Binary(BinaryOp.XOR, Emit.presentation32(), high);
  }
}
