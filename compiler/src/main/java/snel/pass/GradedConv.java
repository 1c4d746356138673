package snel.pass;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Nodes;
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
    if (!(stmt instanceof Stmt.Loop(String i, Expr first, Expr end, _, List<Stmt> body))
        || !(first instanceof Expr.Const(_, long zero) && zero == 0)
        || !(end instanceof Expr.Const(_, long sources))
        || body.isEmpty()
        || !(body.getLast() instanceof Stmt.Loop(String s, Expr from, Expr to, _, var row))
        || row.size() != 1
        || !(row.getFirst() instanceof Stmt.Store(Buffer sums, Expr at, Expr sum))
        || !(sum instanceof Expr.Fma(Expr a, Expr b, Expr before))
        || !before.equals(new Expr.Load(sums, at))) {
      return Optional.empty();
    }
    Map<String, Expr> lets = new HashMap<>();
    for (Stmt stated : body.subList(0, body.size() - 1)) {
      if (!(stated instanceof Stmt.Let(String name, Expr value))) {
        return Optional.empty();
      }
      lets.put(name, inlined(value, lets));
    }
    Expr source = new Expr.Read(i, Scalar.I32);
    Expr synapse = new Expr.Read(s, Scalar.I32);
    Expr next = new Expr.Binary(BinaryOp.ADD, source, Expr.i32(1));
    for (Build build : program.build()) {
      if (build instanceof Build.Wire(Wiring wiring)
          && wiring.rule() instanceof Rule.Conv(ConvShape shape)
          && shape.isPlain()
          && wiring.shared().isPresent()
          && wiring.sources() == sources
          && from.equals(new Expr.Load(wiring.rowStart(), source))
          && to.equals(new Expr.Load(wiring.rowStart(), next))
          && at.equals(new Expr.Load(wiring.target(), synapse))) {
        Expr place = new Expr.Load(wiring.shared().get(), synapse);
        return weights(a, place)
            .map(weights -> new GradedConv(sums, weights, shape, i, inlined(b, lets)))
            .or(() ->
                weights(b, place)
                    .map(weights -> new GradedConv(sums, weights, shape, i, inlined(a, lets))))
            .filter(conv -> conv.isApart(s));
      }
    }
    return Optional.empty();
  }

  private static Expr inlined(Expr expr, Map<String, Expr> lets) {
    return expr instanceof Expr.Read(String name, _) && lets.containsKey(name)
        ? lets.getOrDefault(name, expr)
        : Nodes.mapOperands(expr, part -> inlined(part, lets));
  }

  private static Optional<Buffer> weights(Expr factor, Expr place) {
    return factor instanceof Expr.Load(Buffer weights, Expr at) && at.equals(place)
        ? Optional.of(weights)
        : Optional.empty();
  }

  /// Whether the value is the source's own, and the loop does not change what it is made of.
  private boolean isApart(String synapse) {
    boolean[] apart = {!sums.equals(weights) && value.type() == sums.cell().scalar()};
    Nodes.eachExpression(
        value,
        part ->
            apart[0] &=
                switch (part) {
                  case Expr.Read(String name, _) -> !name.equals(synapse);
                  case Expr.Load(Buffer buffer, _) -> !buffer.equals(sums);
                  case Expr.Reduce _ -> false;
                  case Expr.Const _,
                      Expr.Unary _,
                      Expr.Binary _,
                      Expr.Fma _,
                      Expr.Compare _,
                      Expr.Choose _,
                      Expr.Convert _,
                      Expr.Call _,
                      Expr.Philox _ ->
                      true;
                });
    return apart[0];
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
