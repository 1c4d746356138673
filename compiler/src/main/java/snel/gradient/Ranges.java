package snel.gradient;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;

/// The buffers whose elements stay within a range of constants, since all that is written there is
/// clipped to it. So clipping once more changes nothing.
final class Ranges {
  /// @param inner what is clipped
  private record Clipped(double low, double high, Expr inner) {
    boolean isClip() {
      return low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY;
    }

    boolean isAs(Clipped other) {
      return low == other.low && high == other.high;
    }
  }

  private final Map<Buffer, Clipped> known = new HashMap<>();

  Ranges(Program program) {
    Set<Buffer> others = new HashSet<>();
    Stream.of(program.presentationStart(), program.step(), program.presentationEnd())
        .flatMap(kernels -> kernels.stream())
        .forEach(kernel -> Nodes.eachStatement(kernel.body(), stmt -> note(stmt, others)));
    known.keySet().removeAll(others);
  }

  private void note(Stmt stmt, Set<Buffer> others) {
    if (stmt instanceof Stmt.Store(Buffer buffer, _, Expr value)) {
      Clipped clipped = clipped(value);
      Clipped before = known.putIfAbsent(buffer, clipped);
      if (!clipped.isClip() || before != null && !before.isAs(clipped)) {
        others.add(buffer);
      }
    }
  }

  /// An element clipped to the range that it is in anyhow is the element.
  Expr simplified(Expr expr) {
    Clipped clipped = clipped(expr);
    boolean isIdle =
        clipped.isClip()
            && clipped.inner instanceof Expr.Load(Buffer buffer, _)
            && Optional.ofNullable(known.get(buffer)).filter(clipped::isAs).isPresent();
    return isIdle ? clipped.inner : expr;
  }

  private static Clipped clipped(Expr value) {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    Expr inner = value;
    Set<Expr> tested = new HashSet<>();
    while (inner
            instanceof
            Expr.Choose(
                Expr.Compare(CompareOp op, Expr tests, Expr.Const end),
                Expr.Const taken,
                Expr rest)
        && end.equals(taken)
        && (op == CompareOp.LT || op == CompareOp.GT)) {
      low = op == CompareOp.LT ? number(end) : low;
      high = op == CompareOp.GT ? number(end) : high;
      tested.add(tests);
      inner = rest;
    }
    boolean isOfOne = tested.equals(Set.of(inner));
    return isOfOne
        ? new Clipped(low, high, inner)
        : new Clipped(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, value);
  }

  private static double number(Expr.Const constant) {
    return switch (constant.type()) {
      case F32 -> Float.intBitsToFloat((int) constant.bits());
      case F64 -> Double.longBitsToDouble(constant.bits());
      case I32, I64, BOOL -> constant.bits();
    };
  }
}
