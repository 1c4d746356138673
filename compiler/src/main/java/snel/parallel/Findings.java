package snel.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// What kernels find wrong (`fault` and `halt`): each part notes it for itself; then the last one
/// counts, as where one thread does all.
final class Findings {
  private Findings() {}

  static boolean is(Buffer buffer) {
    return buffer.name().equals(Clock.FAULT) || buffer.name().equals(Clock.HALT);
  }

  /// Whether a block that notes a fault also asks to stop: by that it is found.
  static boolean isWhole(List<Stmt> block) {
    boolean fault = block.stream().anyMatch(stmt -> stores(stmt, Clock.FAULT));
    return !fault || block.stream().anyMatch(stmt -> stores(stmt, Clock.HALT));
  }

  private static boolean stores(Stmt stmt, String name) {
    return stmt instanceof Stmt.Store(Buffer buffer, _, _) && buffer.name().equals(name);
  }

  /// The findings that a block may note.
  static List<Buffer> of(List<Stmt> block) {
    List<Buffer> found = new ArrayList<>();
    Nodes.eachStatement(
        block,
        stmt -> {
          if (stmt instanceof Stmt.Store(Buffer buffer, _, _)
              && is(buffer)
              && !found.contains(buffer)) {
            found.add(buffer);
          }
        });
    return found;
  }

  /// The block with other buffers for findings.
  static List<Stmt> noted(List<Stmt> block, UnaryOperator<Buffer> instead) {
    return block.stream().map(stmt -> noted(stmt, instead)).toList();
  }

  private static Stmt noted(Stmt stmt, UnaryOperator<Buffer> instead) {
    return switch (stmt) {
      case Stmt.Store(Buffer buffer, Expr index, Expr value) when is(buffer) ->
          new Stmt.Store(instead.apply(buffer), index, read(value, buffer, instead));
      case Stmt.If(Expr condition, var then, var otherwise) ->
          new Stmt.If(condition, noted(then, instead), noted(otherwise, instead));
      case Stmt.Loop(var index, var from, var to, var order, var body) ->
          new Stmt.Loop(index, from, to, order, noted(body, instead));
      case Stmt.While(Expr condition, var body) -> new Stmt.While(condition, noted(body, instead));
      case Stmt.Store _,
          Stmt.Let _,
          Stmt.Var _,
          Stmt.Assign _,
          Stmt.Collect _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ ->
          stmt;
    };
  }

  private static Expr read(Expr value, Buffer of, UnaryOperator<Buffer> instead) {
    return value instanceof Expr.Load(Buffer buffer, Expr index) && buffer.equals(of)
        ? new Expr.Load(instead.apply(buffer), index)
        : Nodes.mapOperands(value, operand -> read(operand, of, instead));
  }

  /// Takes over what a part has noted.
  static Stmt taken(Buffer fault, Buffer ownFault, Buffer halt, Buffer ownHalt) {
    Expr zero = Expr.i32(0);
    Expr noted = new Expr.Load(ownHalt, zero);
    List<Stmt> block = new ArrayList<>();
    for (int element = 0; element < 3; element++) {
      Expr at = Expr.i32(element);
      block.add(new Stmt.Store(fault, at, new Expr.Load(ownFault, at)));
    }
    block.add(
        new Stmt.Store(halt, zero, new Expr.Binary(BinaryOp.OR, new Expr.Load(halt, zero), noted)));
    block.add(new Stmt.Store(ownHalt, zero, zero));
    return new Stmt.If(new Expr.Compare(CompareOp.NE, noted, zero), block, List.of());
  }
}
