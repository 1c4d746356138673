package snel.pass;

import java.util.ArrayList;
import java.util.List;
import snel.ir.Build;
import snel.ir.Expr;
import snel.ir.Kernel;
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

  final Program program(Program p) {
    List<Build> build = new ArrayList<>();
    for (Build step : p.build()) {
      build.add(step instanceof Build.Run(Kernel kernel) ? new Build.Run(kernel(kernel)) : step);
    }
    return new Program(
        p.name(),
        p.stepMs(),
        p.real(),
        p.seed(),
        p.buffers(),
        build,
        kernels(p.reset()),
        kernels(p.presentationStart()),
        kernels(p.step()),
        kernels(p.presentationEnd()),
        kernels(p.onDemand()),
        p.faultSites(),
        p.directory());
  }

  private List<Kernel> kernels(List<Kernel> kernels) {
    return kernels.stream().map(this::kernel).filter(k -> !k.body().isEmpty()).toList();
  }

  private Kernel kernel(Kernel kernel) {
    return new Kernel(kernel.name(), kernel.phase(), block(kernel.body()));
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
      case Stmt.Collect(var index, var from, var to, var condition, var list, var count) ->
          new Stmt.Collect(index, expr(from), expr(to), expr(condition), list, count);
      case Stmt.Push(var list, var count, var value) -> new Stmt.Push(list, count, expr(value));
      case Stmt.Words(var words, var count, var stream, var c1, var c2, var c3) ->
          new Stmt.Words(words, expr(count), expr(stream), expr(c1), expr(c2), expr(c3));
    };
  }

  final Expr expr(Expr expr) {
    return change(
        switch (expr) {
          case Expr.Const _, Expr.Read _ -> expr;
          case Expr.Load(var buffer, var index) -> new Expr.Load(buffer, expr(index));
          case Expr.Unary(var op, var a) -> new Expr.Unary(op, expr(a));
          case Expr.Binary(var op, var a, var b) -> new Expr.Binary(op, expr(a), expr(b));
          case Expr.Fma(var a, var b, var c) -> new Expr.Fma(expr(a), expr(b), expr(c));
          case Expr.Compare(var op, var a, var b) -> new Expr.Compare(op, expr(a), expr(b));
          case Expr.Choose(var c, var a, var b) -> new Expr.Choose(expr(c), expr(a), expr(b));
          case Expr.Convert(var type, var a) -> new Expr.Convert(type, expr(a));
          case Expr.Call(var function, var type, var arguments) ->
              new Expr.Call(function, type, arguments.stream().map(this::expr).toList());
          case Expr.Philox(var stream, var c0, var c1, var c2, var c3, var word) ->
              new Expr.Philox(expr(stream), expr(c0), expr(c1), expr(c2), expr(c3), expr(word));
          case Expr.Reduce(var op, var index, var from, var to, var body) ->
              new Expr.Reduce(op, index, expr(from), expr(to), expr(body));
        });
  }
}
