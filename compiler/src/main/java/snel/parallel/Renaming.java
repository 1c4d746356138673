package snel.parallel;

import java.util.List;
import java.util.function.UnaryOperator;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Lets statements read and write other buffers in place of theirs.
record Renaming(UnaryOperator<Buffer> instead) {
  List<Stmt> of(List<Stmt> block) {
    return block.stream().map(this::of).toList();
  }

  private Stmt of(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Let(String name, Expr value) -> new Stmt.Let(name, of(value));
      case Stmt.Var(String name, Expr value) -> new Stmt.Var(name, of(value));
      case Stmt.Assign(String name, Expr value) -> new Stmt.Assign(name, of(value));
      case Stmt.Store(Buffer buffer, Expr index, Expr value) ->
          new Stmt.Store(of(buffer), of(index), of(value));
      case Stmt.If(Expr condition, var then, var otherwise) ->
          new Stmt.If(of(condition), of(then), of(otherwise));
      case Stmt.Loop(var index, Expr from, Expr to, var order, var body) ->
          new Stmt.Loop(index, of(from), of(to), order, of(body));
      case Stmt.While(Expr condition, var body) -> new Stmt.While(of(condition), of(body));
      case Stmt.Collect(
              var index,
              Expr from,
              Expr to,
              var body,
              Expr condition,
              Buffer list,
              Buffer count) ->
          new Stmt.Collect(index, of(from), of(to), of(body), of(condition), of(list), of(count));
      case Stmt.Push(Buffer list, Buffer count, Expr value) ->
          new Stmt.Push(of(list), of(count), of(value));
      case Stmt.Words words ->
          new Stmt.Words(
              of(words.words()),
              of(words.count()),
              of(words.stream()),
              of(words.c1()),
              of(words.c2()),
              of(words.c3()),
              words.draw(),
              words.first());
      case Stmt.AddBits add ->
          new Stmt.AddBits(
              of(add.counts()),
              of(add.at()),
              of(add.rows()),
              add.sources(),
              add.targets(),
              of(add.list()),
              of(add.count()),
              add.first(),
              add.from(),
              add.to());
    };
  }

  private Expr of(Expr expression) {
    return expression instanceof Expr.Load(Buffer buffer, Expr index)
        ? new Expr.Load(of(buffer), of(index))
        : Nodes.mapOperands(expression, this::of);
  }

  private Buffer of(Buffer buffer) {
    return instead.apply(buffer);
  }
}
