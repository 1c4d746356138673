package snel.lower;

import static snel.lower.Emit.i;

import java.util.Optional;
import snel.ir.Expr;

/// Draws of synapse (i, j, r): a value of its own, or one a step (semantics.md §10). `source` and
/// `target` are local indices of the projection's two ends.
record SynapseDraws(
    String path,
    String purpose,
    Expr source,
    Expr target,
    Optional<Expr> multapse,
    boolean eachStep)
    implements Draws {
  @Override
  public Expr word(int ordinal, Expr redraw) {
    return new Expr.Philox(
        i(Streams.of(path, purpose, ordinal)), target, source, step(), presentation(redraw), i(0));
  }

  @Override
  public Expr rounding(int ordinal) {
    return new SynapseDraws(path, purpose + ".rounding", source, target, multapse, eachStep)
        .word(ordinal, i(0));
  }

  @Override
  public Sequence sequence(int ordinal, Expr redraw) {
    Expr mixed = Emit.add(Emit.mul(source, i(0x01000193)), target);
    return new Sequence(i(Streams.of(path, purpose, ordinal)), mixed, step(), presentation(redraw));
  }

  private Expr step() {
    return eachStep ? Emit.episodeStep32() : multapse.orElse(i(0));
  }

  private Expr presentation(Expr redraw) {
    return eachStep ? Draws.presentation(redraw) : redraw;
  }
}
