package snel.ir;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What lies directly or anywhere below statements and expressions.
public final class Nodes {
  private Nodes() {}

  /// The operands of an expression, left to right. Those of a [Expr.Reduce] are its two bounds and
  /// its body.
  public static List<Expr> operands(Expr expr) {
    return switch (expr) {
      case Expr.Const _, Expr.Read _ -> List.of();
      case Expr.Load(_, Expr index) -> List.of(index);
      case Expr.Unary(_, Expr operand) -> List.of(operand);
      case Expr.Binary(_, Expr left, Expr right) -> List.of(left, right);
      case Expr.Fma(Expr a, Expr b, Expr c) -> List.of(a, b, c);
      case Expr.Compare(_, Expr left, Expr right) -> List.of(left, right);
      case Expr.Choose(Expr condition, Expr whenTrue, Expr whenFalse) ->
          List.of(condition, whenTrue, whenFalse);
      case Expr.Convert(_, Expr operand) -> List.of(operand);
      case Expr.Call call -> call.arguments();
      case Expr.Philox(Expr stream, Expr c0, Expr c1, Expr c2, Expr c3, Expr word) ->
          List.of(stream, c0, c1, c2, c3, word);
      case Expr.Reduce(_, _, Expr from, Expr to, Expr body) -> List.of(from, to, body);
    };
  }

  /// The expression with each operand replaced by what `change` makes of it; see [#operands].
  public static Expr mapOperands(Expr expr, UnaryOperator<Expr> change) {
    return switch (expr) {
      case Expr.Const _, Expr.Read _ -> expr;
      case Expr.Load(Buffer buffer, Expr index) -> new Expr.Load(buffer, change.apply(index));
      case Expr.Unary(UnaryOp op, Expr operand) -> new Expr.Unary(op, change.apply(operand));
      case Expr.Binary(BinaryOp op, Expr left, Expr right) ->
          new Expr.Binary(op, change.apply(left), change.apply(right));
      case Expr.Fma(Expr a, Expr b, Expr c) ->
          new Expr.Fma(change.apply(a), change.apply(b), change.apply(c));
      case Expr.Compare(CompareOp op, Expr left, Expr right) ->
          new Expr.Compare(op, change.apply(left), change.apply(right));
      case Expr.Choose(Expr condition, Expr whenTrue, Expr whenFalse) ->
          new Expr.Choose(change.apply(condition), change.apply(whenTrue), change.apply(whenFalse));
      case Expr.Convert(Scalar type, Expr operand) -> new Expr.Convert(type, change.apply(operand));
      case Expr.Call(Function function, Scalar type, List<Expr> arguments) ->
          new Expr.Call(function, type, arguments.stream().map(change).toList());
      case Expr.Philox(Expr stream, Expr c0, Expr c1, Expr c2, Expr c3, Expr word) ->
          new Expr.Philox(
              change.apply(stream),
              change.apply(c0),
              change.apply(c1),
              change.apply(c2),
              change.apply(c3),
              change.apply(word));
      case Expr.Reduce(ReduceOp op, String index, Expr from, Expr to, Expr body) ->
          new Expr.Reduce(op, index, change.apply(from), change.apply(to), change.apply(body));
    };
  }

  /// The expressions that a statement holds itself, without those of the statements in its blocks.
  public static List<Expr> operands(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Let(_, Expr value) -> List.of(value);
      case Stmt.Var(_, Expr value) -> List.of(value);
      case Stmt.Assign(_, Expr value) -> List.of(value);
      case Stmt.Store(_, Expr index, Expr value) -> List.of(index, value);
      case Stmt.If branch -> List.of(branch.condition());
      case Stmt.Loop loop -> List.of(loop.from(), loop.to());
      case Stmt.While loop -> List.of(loop.condition());
      case Stmt.Collect collect -> List.of(collect.from(), collect.to(), collect.condition());
      case Stmt.Push(_, _, Expr value) -> List.of(value);
      case Stmt.Words(_, Expr count, Expr stream, Expr c1, Expr c2, Expr c3, _, _) ->
          List.of(count, stream, c1, c2, c3);
      case Stmt.AddBits add -> List.of(add.at());
    };
  }

  /// The statement lists inside a statement.
  public static List<List<Stmt>> blocks(Stmt stmt) {
    return switch (stmt) {
      case Stmt.If branch -> List.of(branch.then(), branch.otherwise());
      case Stmt.Loop loop -> List.of(loop.body());
      case Stmt.While loop -> List.of(loop.body());
      case Stmt.Collect collect -> List.of(collect.body());
      case Stmt.Let _,
          Stmt.Var _,
          Stmt.Assign _,
          Stmt.Store _,
          Stmt.Push _,
          Stmt.Words _,
          Stmt.AddBits _ ->
          List.of();
    };
  }

  /// Visits every statement of `block` and of the blocks inside, outer ones first.
  public static void eachStatement(List<Stmt> block, Consumer<Stmt> action) {
    for (Stmt stmt : block) {
      action.accept(stmt);
      for (List<Stmt> inner : blocks(stmt)) {
        eachStatement(inner, action);
      }
    }
  }

  /// Visits `expr` and every expression below it.
  public static void eachExpression(Expr expr, Consumer<Expr> action) {
    action.accept(expr);
    for (Expr operand : operands(expr)) {
      eachExpression(operand, action);
    }
  }

  /// Visits every expression in `block`, however deep.
  public static void eachExpression(List<Stmt> block, Consumer<Expr> action) {
    eachStatement(
        block,
        stmt -> {
          for (Expr operand : operands(stmt)) {
            eachExpression(operand, action);
          }
        });
  }

  /// The buffers that `block` reads or writes, in order of first mention.
  public static Set<Buffer> buffers(List<Stmt> block) {
    Set<Buffer> buffers = new LinkedHashSet<>();
    eachStatement(
        block,
        stmt -> {
          buffers.addAll(written(stmt));
          buffers.addAll(read(stmt));
          for (Expr operand : operands(stmt)) {
            eachExpression(
                operand,
                expr -> {
                  if (expr instanceof Expr.Load(Buffer buffer, _)) {
                    buffers.add(buffer);
                  }
                });
          }
        });
    return buffers;
  }

  /// The buffers that `block` writes, however deep, in order of first mention.
  public static Set<Buffer> writtenIn(List<Stmt> block) {
    Set<Buffer> written = new LinkedHashSet<>();
    eachStatement(block, stmt -> written.addAll(written(stmt)));
    return written;
  }

  /// The buffers that kernels write.
  public static Set<Buffer> writtenBy(List<Kernel> kernels) {
    Set<Buffer> written = new LinkedHashSet<>();
    kernels.forEach(kernel -> written.addAll(writtenIn(kernel.body())));
    return written;
  }

  /// The buffers that a statement itself writes (`Collect` and `Push` also read their counter).
  public static List<Buffer> written(Stmt stmt) {
    return switch (stmt) {
      case Stmt.Store(Buffer buffer, _, _) -> List.of(buffer);
      case Stmt.Collect collect -> List.of(collect.list(), collect.count());
      case Stmt.Push(Buffer list, Buffer count, _) -> List.of(list, count);
      case Stmt.Words words -> List.of(words.words());
      case Stmt.AddBits add -> List.of(add.counts());
      case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.If _, Stmt.Loop _, Stmt.While _ -> List.of();
    };
  }

  /// The buffers that a statement itself reads, besides those that its expressions load from and
  /// those that it writes.
  public static List<Buffer> read(Stmt stmt) {
    return switch (stmt) {
      case Stmt.AddBits add -> List.of(add.rows(), add.list(), add.count());
      case Stmt.Let _,
          Stmt.Var _,
          Stmt.Assign _,
          Stmt.Store _,
          Stmt.If _,
          Stmt.Loop _,
          Stmt.While _,
          Stmt.Collect _,
          Stmt.Push _,
          Stmt.Words _ ->
          List.of();
    };
  }

  /// Whether an expression itself, its operands aside, may end in a fault: whole numbers that
  /// overflow or are divided by zero.
  public static boolean mayFault(Expr expr) {
    return switch (expr) {
      case Expr.Binary(BinaryOp op, Expr left, _) ->
          (op == BinaryOp.DIV || op == BinaryOp.REM) && left.type().isInteger();
      case Expr.Call(Function function, _, _) ->
          function == Function.ADD_EXACT
              || function == Function.SUB_EXACT
              || function == Function.MUL_EXACT;
      case Expr.Const _,
          Expr.Read _,
          Expr.Load _,
          Expr.Unary _,
          Expr.Fma _,
          Expr.Compare _,
          Expr.Choose _,
          Expr.Convert _,
          Expr.Philox _,
          Expr.Reduce _ ->
          false;
    };
  }

  /// Number of expression nodes and statements in `block`: a rough measure of code size.
  public static int size(List<Stmt> block) {
    int[] size = {0};
    eachStatement(block, _ -> size[0]++);
    eachExpression(block, _ -> size[0]++);
    return size[0];
  }

  /// Number of nodes of `expr`.
  public static int size(Expr expr) {
    int[] size = {0};
    eachExpression(expr, _ -> size[0]++);
    return size[0];
  }

  /// A name for a local that is not yet taken, and is from now on.
  public static String fresh(String name, Set<String> taken) {
    String other = name;
    for (int copy = 2; !taken.add(other); copy++) {
      other = name + "_" + copy;
    }
    return other;
  }

  /// The locals that statements declare, indices of loops and reductions included.
  public static Set<String> declared(List<Stmt> block) {
    Set<String> names = new HashSet<>();
    eachStatement(
        block,
        stmt -> {
          switch (stmt) {
            case Stmt.Let(String name, _) -> names.add(name);
            case Stmt.Var(String name, _) -> names.add(name);
            case Stmt.Loop loop -> names.add(loop.index());
            case Stmt.Collect collect -> names.add(collect.index());
            case Stmt.Assign _,
                Stmt.Store _,
                Stmt.If _,
                Stmt.While _,
                Stmt.Push _,
                Stmt.Words _,
                Stmt.AddBits _ -> {}
          }
        });
    eachExpression(
        block,
        part -> {
          if (part instanceof Expr.Reduce reduce) {
            names.add(reduce.index());
          }
        });
    return names;
  }
}
