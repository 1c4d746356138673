package snel.target.jvm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.ir.Buffer;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;
import snel.ir.Wiring;

/// Estimates how much of a step vectors could speed up, in operations of scalar code, some fifty of
/// which take a nanosecond.
final class Workload {
  /// So much scalar work (about 0.4 s) costs more than to warm up code in vectors.
  static final double WORTH_VECTORS = 1e9;

  static final double OPERATIONS_PER_NANO = 50;

  /// Mean rate assumed of neurons, in 1/ms: with a nanosecond a synapse, what spikes cost.
  static final double ASSUMED_RATE = 0.01;

  /// What a function or a random word that vectors compute costs as scalar code.
  private static final int FUNCTION = 100;

  /// Assumed where the number of iterations is known only when it runs.
  private static final long UNKNOWN_ITERATIONS = 8;

  /// What the sum of a few rows of bits costs a target.
  private static final int BITS_TOGETHER = 20;

  /// How many synapses a projection has, by where its rows begin.
  private final Map<Buffer, Double> synapses = new HashMap<>();

  private Workload(Program program) {
    for (Build build : program.build()) {
      if (build instanceof Build.Wire(Wiring wiring)) {
        synapses.put(wiring.rowStart(), wiring.expected());
      }
    }
  }

  /// Operations of one step that lie in loops that may have a form in vectors.
  static double ofStep(Program program) {
    var workload = new Workload(program);
    double work = 0;
    for (Kernel kernel : program.step()) {
      work += workload.of(kernel.body());
    }
    return work;
  }

  private double of(List<Stmt> block) {
    double work = 0;
    for (Stmt stmt : block) {
      work +=
          switch (stmt) {
            case Stmt.Loop loop ->
                iterations(loop.from(), loop.to())
                    * (VectorPlan.isCandidate(loop) ? cost(loop.body()) : of(loop.body()));
            case Stmt.If branch -> of(branch.then()) + of(branch.otherwise());
            case Stmt.While loop -> UNKNOWN_ITERATIONS * of(loop.body());
            case Stmt.Collect collect ->
                iterations(collect.from(), collect.to())
                    * (cost(collect.body()) + Nodes.size(collect.condition()));
            case Stmt.Words words -> FUNCTION * iterations(Expr.i32(0), words.count());
            case Stmt.AddBits add -> BITS_TOGETHER * add.targets();
            case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.Store _, Stmt.Push _ -> 0;
          };
    }
    return work;
  }

  private static double cost(List<Stmt> body) {
    double cost = Nodes.size(body);
    int[] calls = {0};
    Nodes.eachExpression(body, expr -> calls[0] += expr instanceof Expr.Call ? 1 : 0);
    return cost + FUNCTION * calls[0];
  }

  private double iterations(Expr from, Expr to) {
    if (!(from instanceof Expr.Const(_, long first))) {
      return UNKNOWN_ITERATIONS;
    }
    return switch (to) {
      case Expr.Const(_, long limit) -> Math.max(0, limit - first);
      case Expr.Load(Buffer rows, Expr.Const _) ->
          synapses.getOrDefault(rows, (double) UNKNOWN_ITERATIONS);
      default -> UNKNOWN_ITERATIONS;
    };
  }
}
