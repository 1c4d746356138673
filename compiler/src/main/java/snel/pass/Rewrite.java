package snel.pass;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Stmt;

/// Rebuilds programs bottom-up: every expression and then every statement is shown to the subclass.
abstract class Rewrite {
  /// The replacement of an expression whose parts have been rewritten.
  Expr change(Expr expr) {
    return expr;
  }

  /// The replacement of a statement whose parts have been rewritten: any number of statements.
  List<Stmt> change(Stmt stmt) {
    return List.of(stmt);
  }

  /// Nothing in place of a branch or loop that does nothing, else the statement.
  static List<Stmt> unlessIdle(Stmt stmt) {
    return switch (stmt) {
      case Stmt.If(_, var then, var otherwise) when then.isEmpty() && otherwise.isEmpty() ->
          List.of();
      case Stmt.Loop(_, _, _, _, var body) when body.isEmpty() -> List.of();
      case Stmt.While(_, var body) when body.isEmpty() -> List.of();
      default -> List.of(stmt);
    };
  }

  final Program program(Program program) {
    return program.mapKernels(kernel -> kernel.with(block(kernel.body()))).withoutIdleKernels();
  }

  final List<Stmt> block(List<Stmt> block) {
    List<Stmt> all = new ArrayList<>();
    block.forEach(stmt -> all.addAll(change(inside(stmt))));
    return all;
  }

  private Stmt inside(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Let(var name, var value) -> new Stmt.Let(name, expr(value));
      case Stmt.Var(var name, var value) -> new Stmt.Var(name, expr(value));
      case Stmt.Assign(var name, var value) -> new Stmt.Assign(name, expr(value));
      case Stmt.Store(var buffer, var index, var value) ->
          new Stmt.Store(buffer, expr(index), expr(value));
      case Stmt.If(var condition, var then, var otherwise) ->
          new Stmt.If(expr(condition), block(then), block(otherwise));
      case Stmt.Loop(var index, var from, var to, var order, var body) ->
          new Stmt.Loop(index, expr(from), expr(to), order, block(body));
      case Stmt.While(var condition, var body) -> new Stmt.While(expr(condition), block(body));
      case Stmt.Collect(
              var index,
              var from,
              var to,
              var body,
              var condition,
              var list,
              var count) ->
          new Stmt.Collect(index, expr(from), expr(to), block(body), expr(condition), list, count);
      case Stmt.Push(var list, var count, var value) -> new Stmt.Push(list, count, expr(value));
      case Stmt.Words(
              var words,
              var count,
              var stream,
              var c1,
              var c2,
              var c3,
              var draw,
              var first) ->
          new Stmt.Words(
              words, expr(count), expr(stream), expr(c1), expr(c2), expr(c3), draw, first);
      case Stmt.AddBits add -> add.at(expr(add.at()));
    };
  }

  final Expr expr(Expr expr) {
    return change(Nodes.mapOperands(expr, this::expr));
  }
}
