package snel.pass;

import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Program;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// A loop over all neurons of a layer that adds, along the synapses of each, which share a kernel,
/// its value times the weights to the sums of the targets.
///
/// @param sums of the targets
/// @param weights of the kernel, shared
/// @param source the index of the loop
/// @param value of the source
public record GradedConv(Buffer sums, Buffer weights, ConvShape shape, String source, Expr value) {

  /// The loop as one of these, if it is one.
  public static Optional<GradedConv> of(Stmt stmt, Program program) {
    return GradedLoop.of(stmt).flatMap(loop -> of(loop, program));
  }

  private static Optional<GradedConv> of(GradedLoop loop, Program program) {
    Stmt.Loop row = loop.row();
    Expr source = new Expr.Read(loop.source(), Scalar.I32);
    Expr synapse = new Expr.Read(row.index(), Scalar.I32);
    Expr next = new Expr.Binary(BinaryOp.ADD, source, Expr.i32(1));
    for (Build build : program.build()) {
      if (build instanceof Build.Wire(Wiring wiring)
          && wiring.rule() instanceof Rule.Conv(ConvShape shape)
          && shape.isPlain()
          && wiring.shared().isPresent()
          && wiring.sources() == loop.sources()
          && row.from().equals(new Expr.Load(wiring.rowStart(), source))
          && row.to().equals(new Expr.Load(wiring.rowStart(), next))
          && loop.at().equals(new Expr.Load(wiring.target(), synapse))) {
        return loop.product(new Expr.Load(wiring.shared().get(), synapse))
            .map(product ->
                new GradedConv(
                    loop.sums(), product.weights(), shape, loop.source(), product.value()));
      }
    }
    return Optional.empty();
  }

  /// Weights of one target channel.
  public int taps() {
    return shape.sourceChannels() * shape.kernelHeight() * shape.kernelWidth();
  }

  public int sources() {
    return shape.sourceChannels() * shape.sourceHeight() * shape.sourceWidth();
  }

  /// Targets of one channel.
  public int places() {
    return shape.targetHeight() * shape.targetWidth();
  }
}
