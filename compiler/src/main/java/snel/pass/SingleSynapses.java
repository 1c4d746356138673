package snel.pass;

import static snel.ir.BinaryOp.ADD;
import static snel.ir.BinaryOp.MUL;
import static snel.ir.BinaryOp.SUB;
import static snel.pass.RowWalk.local;
import static snel.pass.RowWalk.next;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.ConvShape;
import snel.ir.Directory;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Rule;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Where every source has one synapse, as in a pool whose windows lie side by side, the synapse has
/// the number of its source: rows need not be looked up, and a loop along one is what it does once.
public final class SingleSynapses implements Pass {
  @Override
  public String name() {
    return "single-synapses";
  }

  @Override
  public Program apply(Program program) {
    Set<Buffer> rows = rows(program);
    return rows.isEmpty() ? program : new Inlining(rows).program(program);
  }

  /// Where the rows begin of wirings with one synapse a source.
  private static Set<Buffer> rows(Program program) {
    Set<Buffer> found = new HashSet<>();
    for (Build step : program.build()) {
      if (step instanceof Build.Wire(Wiring wiring)
          && wiring.rule() instanceof Rule.Pool(ConvShape shape)
          && isTiled(shape)) {
        found.add(wiring.rowStart());
      }
    }
    found.removeAll(Nodes.writtenBy(program.kernels()));
    for (Directory.Projection each : program.directory().projections()) {
      if (each.load().isPresent()) {
        each.rowStart().ifPresent(found::remove);
      }
    }
    return found;
  }

  /// Whether windows lie side by side and leave nothing out.
  private static boolean isTiled(ConvShape shape) {
    return shape.strideY() == shape.kernelHeight()
        && shape.strideX() == shape.kernelWidth()
        && shape.targetHeight() * shape.strideY() == shape.sourceHeight()
        && shape.targetWidth() * shape.strideX() == shape.sourceWidth()
        && shape.paddingY() == 0
        && shape.paddingX() == 0;
  }

  private static final class Inlining extends Rewrite {
    private final Set<Buffer> rows;

    Inlining(Set<Buffer> rows) {
      this.rows = rows;
    }

    @Override
    Expr change(Expr expr) {
      return switch (expr) {
        case Expr.Load(Buffer buffer, Expr index) when rows.contains(buffer) -> index;
        case Expr.Binary(BinaryOp op, Expr to, Expr from) when op == SUB && to.equals(next(from)) ->
            Expr.i32(1);
        case Expr.Convert(Scalar type, Expr.Const(Scalar from, long bits))
            when type == Scalar.I64 && from == Scalar.I32 ->
            Expr.i64((int) bits);
        default -> expr;
      };
    }

    @Override
    List<Stmt> change(Stmt stmt) {
      return switch (stmt) {
        case Stmt.Loop(String index, Expr from, Expr to, _, List<Stmt> body)
            when to.equals(next(from)) ->
            once(index, from, body);
        case Stmt.Loop loop -> summed(loop).map(List::of).orElse(List.of(loop));
        default -> List.of(stmt);
      };
    }

    private static List<Stmt> once(String index, Expr value, List<Stmt> body) {
      if (value instanceof Expr.Read) {
        return new Rewrite() {
          @Override
          Expr change(Expr expr) {
            return expr.equals(local(index)) ? value : expr;
          }
        }.block(body);
      }
      List<Stmt> all = new ArrayList<>(List.of(new Stmt.Let(index, value)));
      all.addAll(body);
      return all;
    }

    /// A loop that does nothing but add the same whole number to one place, without a loop.
    private static Optional<Stmt> summed(Stmt.Loop loop) {
      return loop.from().equals(Expr.i32(0))
              && loop.body().stream()
                  .limit(loop.body().size() - 1L)
                  .allMatch(stmt -> stmt instanceof Stmt.Let)
              && loop.body().getLast() instanceof Stmt.Store(Buffer to, Expr.Const at, Expr sum)
              && sum instanceof Expr.Binary(BinaryOp op, Expr old, Expr.Const step)
              && op == ADD
              && step.type() == Scalar.I64
              && old.equals(new Expr.Load(to, at))
          ? Optional.of(
              new Stmt.Store(
                  to,
                  at,
                  new Expr.Binary(ADD, old, times(new Expr.Convert(Scalar.I64, loop.to()), step))))
          : Optional.empty();
    }

    private static Expr times(Expr count, Expr.Const step) {
      return step.bits() == 1 ? count : new Expr.Binary(MUL, count, step);
    }
  }
}
