package snel.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Phase;
import snel.ir.Program;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Where loops along synapses ask at each one whether its weight is frozen, asks once before them:
/// frozen weights are neither computed nor stored.
public final class SplitFrozen implements Pass {
  @Override
  public String name() {
    return "split-frozen";
  }

  @Override
  public Program apply(Program program) {
    return program.mapKernels(SplitFrozen::kernel);
  }

  private static Kernel kernel(Kernel kernel) {
    if (kernel.phase() == Phase.BUILD) {
      return kernel;
    }
    Set<Buffer> written = Nodes.writtenIn(kernel.body());
    Set<String> taken = new HashSet<>(Nodes.declared(kernel.body()));
    List<Stmt> body = new ArrayList<>();
    for (Stmt stmt : kernel.body()) {
      body.addAll(stmt instanceof Stmt.Loop loop ? loop(loop, written, taken) : List.of(stmt));
    }
    return body.equals(kernel.body()) ? kernel : kernel.with(body);
  }

  private static List<Stmt> loop(Stmt.Loop loop, Set<Buffer> written, Set<String> taken) {
    Set<Expr> flags = new HashSet<>();
    Nodes.eachExpression(
        loop.body(),
        part -> {
          if (isFlag(part)) {
            flags.add(part);
          }
        });
    boolean[] hasRows = {false};
    Nodes.eachStatement(loop.body(), stmt -> hasRows[0] |= stmt instanceof Stmt.Loop);
    if (flags.size() != 1 || !hasRows[0]) {
      return List.of(loop);
    }
    Expr flag = flags.iterator().next();
    Buffer buffer = ((Expr.Load) ((Expr.Compare) flag).left()).buffer();
    if (written.contains(buffer)) {
      return List.of(loop);
    }
    List<Stmt> frozen =
        UnusedLocals.removed(new Decided(flag, true).block(List.of(renamed(loop, taken))));
    List<Stmt> moving = UnusedLocals.removed(new Decided(flag, false).block(List.of(loop)));
    Expr learns = new Expr.Unary(UnaryOp.NOT, flag);
    List<Stmt> both = new ArrayList<>();
    both.addAll(Rewrite.unlessIdle(new Stmt.If(flag, frozen, List.of())));
    both.addAll(Rewrite.unlessIdle(new Stmt.If(learns, moving, List.of())));
    return both;
  }

  /// The loop with locals of its own.
  private static Stmt renamed(Stmt.Loop loop, Set<String> taken) {
    Map<String, String> names = new HashMap<>();
    for (String local : Nodes.declared(List.of(loop)).stream().sorted().toList()) {
      String name = local + "_frozen";
      for (int count = 2; !taken.add(name); count++) {
        name = local + "_frozen_" + count;
      }
      names.put(local, name);
    }
    return Renaming.of(names).block(List.of(loop)).getFirst();
  }

  /// `frozen[0] != 0`, of a flag that only the protocol sets.
  private static boolean isFlag(Expr expr) {
    return expr
            instanceof
            Expr.Compare(
                var op,
                Expr.Load(var buffer, Expr.Const(_, var index)),
                Expr.Const(var type, var zero))
        && op == CompareOp.NE
        && index == 0
        && zero == 0
        && type == Scalar.I32
        && buffer.role() == Role.PARAMETER
        && buffer.name().endsWith(":frozen");
  }

  /// A loop where it is known whether the weights are frozen.
  private static final class Decided extends Rewrite {
    private final Expr flag;
    private final boolean value;

    Decided(Expr flag, boolean value) {
      this.flag = flag;
      this.value = value;
    }

    @Override
    Expr change(Expr expr) {
      return switch (expr) {
        case Expr.Compare compare when compare.equals(flag) -> Expr.bool(value);
        case Expr.Unary(var op, Expr.Const(_, var bits)) when op == UnaryOp.NOT ->
            Expr.bool(bits == 0);
        case Expr.Choose(Expr.Const(_, var bits), var a, var b) -> bits != 0 ? a : b;
        default -> expr;
      };
    }

    @Override
    List<Stmt> change(Stmt stmt) {
      return switch (stmt) {
        case Stmt.If(Expr.Const(_, var bits), var then, var otherwise) ->
            bits != 0 ? then : otherwise;
        case Stmt.Store(var buffer, var index, Expr.Load(var same, var there))
            when buffer.equals(same) && index.equals(there) ->
            List.of();
        default -> unlessIdle(stmt);
      };
    }
  }
}
