package snel.lower;

import static snel.lower.Emit.i;

import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Expr;

/// Draws of neuron `self`: initial values (all counters but the index are 0), or one a step with
/// the step within the presentation and the presentation number (semantics.md §10).
///
/// @param run how often the handler has run for the neuron in this step
record NeuronDraws(String path, String purpose, Expr self, Time time, Optional<Expr> run)
    implements Draws {
  /// An odd number: no two runs of a step have the same stream (Knuth 1998, section 6.4).
  private static final int APART = 0x9E3779B9;

  enum Time {
    /// Once, when built.
    INITIAL,
    /// Anew in every step.
    STEP,
    /// Anew in every step, the same in every presentation (`frozen`).
    FROZEN
  }

  NeuronDraws(String path, String purpose, Expr self, Time time) {
    this(path, purpose, self, time, Optional.empty());
  }

  /// Those of a parameter or input, the same whenever they are asked for.
  static NeuronDraws ofArgument(String declaration, Expr self) {
    return new NeuronDraws(declaration, "param", self, Time.INITIAL);
  }

  @Override
  public Expr word(int ordinal, Expr redraw) {
    return new Expr.Philox(
        stream(ordinal),
        new Expr.Binary(BinaryOp.SHR, self, i(2)),
        i(0),
        step(),
        presentation(redraw),
        new Expr.Binary(BinaryOp.AND, self, i(3)));
  }

  @Override
  public Expr rounding(int ordinal) {
    return new NeuronDraws(path, purpose + ".rounding", self, time, run).word(ordinal, i(0));
  }

  @Override
  public Sequence sequence(int ordinal, Expr redraw) {
    return new Sequence(stream(ordinal), self, step(), presentation(redraw));
  }

  private Expr stream(int ordinal) {
    Expr first = i(Streams.of(path, purpose, ordinal));
    return run.map(r -> Emit.add(first, Emit.mul(r, i(APART)))).orElse(first);
  }

  private Expr step() {
    return time == Time.INITIAL ? i(0) : Emit.episodeStep32();
  }

  private Expr presentation(Expr redraw) {
    return time == Time.STEP ? Draws.presentation(redraw) : redraw;
  }
}
