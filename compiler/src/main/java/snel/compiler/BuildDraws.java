package snel.compiler;

import java.util.List;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;

/// Whether random numbers make a network what it is: who is connected, delays, parameters. Initial
/// states and weights do not count, which one experiment leaves to another.
final class BuildDraws {
  private BuildDraws() {}

  static boolean isDrawn(Program program) {
    return program.build().stream().anyMatch(BuildDraws::isDrawn);
  }

  private static boolean isDrawn(Build step) {
    return switch (step) {
      case Build.Wire(var wiring) -> wiring.rule().isRandom();
      case Build.Run(var kernel) -> keeps(kernel.body()) && draws(kernel.body());
      default -> false;
    };
  }

  private static boolean keeps(List<Stmt> body) {
    boolean[] found = {false};
    Nodes.eachStatement(
        body,
        stmt ->
            found[0] |= Nodes.written(stmt).stream().anyMatch(buffer -> !buffer.role().isLeft()));
    return found[0];
  }

  private static boolean draws(List<Stmt> body) {
    boolean[] found = {false};
    Nodes.eachStatement(body, stmt -> found[0] |= stmt instanceof Stmt.Words);
    Nodes.eachExpression(body, expr -> found[0] |= isDraw(expr));
    return found[0];
  }

  private static boolean isDraw(Expr expr) {
    return expr instanceof Expr.Philox
        || expr instanceof Expr.Call(var function, _, _) && function.isDraw();
  }
}
