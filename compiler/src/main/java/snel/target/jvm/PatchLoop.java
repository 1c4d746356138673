package snel.target.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Cell;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Rule;
import snel.ir.Stmt;
import snel.ir.Wiring;
import snel.runtime.kernel.Patches;

/// A loop over a list of neurons that goes along the synapses of each, which share a kernel: adds
/// the weights to the targets' sums, or what has come to the targets to the gradient of the
/// weights.
///
/// @param to what is added to: sums of targets, or a gradient of weights
/// @param from what is added: weights, or what has come to targets
/// @param fromAt where in `from` it begins
/// @param list the neurons
/// @param listAt where in the list the loop's index is 0
/// @param beside what else a pass does, which has nothing to do with these
record PatchLoop(
    Stmt.Loop loop,
    boolean isGradient,
    Wiring wiring,
    Patches.Shape shape,
    Buffer to,
    Buffer from,
    Expr fromAt,
    Buffer list,
    Expr listAt,
    List<Stmt> beside) {

  /// The weights, or their gradient.
  Buffer weights() {
    return isGradient ? to : from;
  }

  /// The wirings of which loops may be such, by where their rows start.
  static Map<Buffer, Wiring> wirings(List<Build> build) {
    Map<Buffer, Wiring> found = new HashMap<>();
    for (Build step : build) {
      if (step instanceof Build.Wire(Wiring wiring) && shape(wiring).isPresent()) {
        found.put(wiring.rowStart(), wiring);
      }
    }
    return found;
  }

  /// Whether a kernel has loops along the synapses of one of these.
  static boolean isIn(Kernel kernel, Map<Buffer, Wiring> wirings) {
    return Nodes.buffers(kernel.body()).stream().anyMatch(wirings::containsKey);
  }

  private static Optional<Patches.Shape> shape(Wiring wiring) {
    return wiring.rule() instanceof Rule.Conv(ConvShape s)
            && wiring.shared().isPresent()
            && s.strideX() == 1
            && s.strideY() == 1
            && s.dilationY() == 1
            && s.dilationX() == 1
            && s.isPlain()
        ? Optional.of(
            new Patches.Shape(
                s.sourceChannels(),
                s.sourceHeight(),
                s.sourceWidth(),
                s.targetChannels(),
                s.targetHeight(),
                s.targetWidth(),
                s.kernelHeight(),
                s.kernelWidth(),
                s.paddingY(),
                s.paddingX()))
        : Optional.empty();
  }

  static Optional<PatchLoop> of(Stmt.Loop loop, Map<Buffer, Wiring> wirings) {
    if (loop.body().size() < 2
        || !(loop.body().getFirst() instanceof Stmt.Let(String who, Expr.Load element))
        || !(loop.body().getLast() instanceof Stmt.Loop row)
        || !(row.from() instanceof Expr.Load(Buffer starts, Expr.Read(String first, _)))
        || !first.equals(who)
        || !wirings.containsKey(starts)
        || !(row.to() instanceof Expr.Load(Buffer ends, Expr.Binary(BinaryOp op, Expr a, Expr b)))
        || !ends.equals(starts)
        || op != BinaryOp.ADD
        || !a.equals(((Expr.Load) row.from()).index())
        || !b.equals(Expr.i32(1))
        || element.buffer().cell() != Cell.I32) {
      return Optional.empty();
    }
    Map<String, Expr> lets = new HashMap<>();
    for (Stmt stmt : row.body().subList(0, row.body().size() - 1)) {
      if (!(stmt instanceof Stmt.Let(String name, Expr value))) {
        return Optional.empty();
      }
      lets.put(name, value);
    }
    if (!(row.body().getLast() instanceof Stmt.Store(Buffer to, Expr at, Expr value))
        || !(value instanceof Expr.Binary(BinaryOp add, Expr before, Expr more))
        || add != BinaryOp.ADD
        || !before.equals(new Expr.Load(to, at))
        || !(at instanceof Expr.Load(Buffer toTable, Expr toSynapse))
        || !(lets.getOrDefault(name(more), more) instanceof Expr.Load(Buffer from, Expr there))
        || to.cell() != Cell.F32
        || from.cell() != Cell.F32
        || to.equals(from)) {
      return Optional.empty();
    }
    Wiring wiring = wirings.get(starts);
    LoopFacts facts = new LoopFacts(loop.index(), loop.to(), loop.body());
    Optional<Expr> listAt = facts.offset(element.index());
    Expr synapse = new Expr.Read(row.index(), snel.ir.Scalar.I32);
    Buffer shared = wiring.shared().orElseThrow();
    boolean isGradient = toTable.equals(shared);
    Buffer fromTable = isGradient ? wiring.target() : shared;
    Expr place = new Expr.Load(fromTable, synapse);
    Optional<Expr> fromAt = offset(there, place).filter(facts::isInvariant);
    List<Stmt> beside = loop.body().subList(1, loop.body().size() - 1);
    boolean fits =
        beside.stream().allMatch(stmt -> isApart(stmt, to, from, element.buffer()))
            && toSynapse.equals(synapse)
            && (isGradient || toTable.equals(wiring.target()))
            && (isGradient || fromAt.equals(Optional.of(Expr.i32(0))));
    if (!fits || listAt.isEmpty() || fromAt.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PatchLoop(
            loop,
            isGradient,
            wiring,
            shape(wiring).orElseThrow(),
            to,
            from,
            fromAt.get(),
            element.buffer(),
            listAt.get(),
            List.copyOf(beside)));
  }

  private static boolean isApart(Stmt stmt, Buffer... of) {
    return (stmt instanceof Stmt.Let || stmt instanceof Stmt.Store)
        && Nodes.buffers(List.of(stmt)).stream().noneMatch(List.of(of)::contains);
  }

  /// The loop without what is done by patches.
  Stmt.Loop rest() {
    List<Stmt> body = new ArrayList<>(List.of(loop.body().getFirst()));
    body.addAll(beside);
    return new Stmt.Loop(loop.index(), loop.from(), loop.to(), loop.order(), body);
  }

  /// The loop over a list, of a gradient, that another loop has for its last statement, after
  /// locals.
  static Optional<PatchLoop> around(Stmt.Loop loop, Map<Buffer, Wiring> wirings) {
    List<Stmt> before = loop.body().subList(0, Math.max(0, loop.body().size() - 1));
    return !loop.body().isEmpty()
            && before.stream().allMatch(stmt -> stmt instanceof Stmt.Let)
            && loop.body().getLast() instanceof Stmt.Loop inner
        ? of(inner, wirings).filter(PatchLoop::isGradient)
        : Optional.empty();
  }

  private static String name(Expr expr) {
    return expr instanceof Expr.Read(String name, _) ? name : "";
  }

  /// What is added to a place, if that is all that happens to it.
  private static Optional<Expr> offset(Expr index, Expr place) {
    if (index.equals(place)) {
      return Optional.of(Expr.i32(0));
    }
    return index instanceof Expr.Binary(BinaryOp op, Expr left, Expr right)
            && op == BinaryOp.ADD
            && (left.equals(place) || right.equals(place))
        ? Optional.of(left.equals(place) ? right : left)
        : Optional.empty();
  }
}
