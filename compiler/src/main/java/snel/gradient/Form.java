package snel.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Expr;
import snel.ir.Repeats;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Short forms for building IR. Sums and products with 0 and 1 are left out: derivatives are no
/// part of what a program means bit by bit, so they may be simplified.
final class Form {
  private Form() {}

  static boolean isZero(Expr expr) {
    return expr instanceof Expr.Const(Scalar type, long bits) && isNumber(type, bits, 0);
  }

  static boolean isOne(Expr expr) {
    return expr instanceof Expr.Const(Scalar type, long bits) && isNumber(type, bits, 1);
  }

  static boolean isInfinite(Expr expr) {
    return expr instanceof Expr.Const(Scalar type, long bits)
        && (isNumber(type, bits, Double.POSITIVE_INFINITY)
            || isNumber(type, bits, Double.NEGATIVE_INFINITY));
  }

  private static boolean isNumber(Scalar type, long bits, double number) {
    return switch (type) {
      case F32 -> Float.intBitsToFloat((int) bits) == number;
      case F64 -> Double.longBitsToDouble(bits) == number;
      case I32 -> (int) bits == number;
      case I64 -> bits == number;
      case BOOL -> false;
    };
  }

  static Expr constant(Scalar type, double value) {
    return switch (type) {
      case F32, F64 -> Expr.real(type, value);
      case I64 -> Expr.i64((long) value);
      case I32, BOOL -> Expr.i32((int) value);
    };
  }

  static Expr add(Expr a, Expr b) {
    return isZero(a) ? b : isZero(b) ? a : new Expr.Binary(BinaryOp.ADD, a, b);
  }

  static Expr sub(Expr a, Expr b) {
    return isZero(b) ? a : isZero(a) ? neg(b) : new Expr.Binary(BinaryOp.SUB, a, b);
  }

  static Expr mul(Expr a, Expr b) {
    if (isZero(a) || isZero(b)) {
      return constant(a.type(), 0);
    }
    return isOne(a) ? b : isOne(b) ? a : new Expr.Binary(BinaryOp.MUL, a, b);
  }

  static Expr div(Expr a, Expr b) {
    return isZero(a) || isOne(b) ? a : new Expr.Binary(BinaryOp.DIV, a, b);
  }

  static Expr neg(Expr a) {
    return switch (a) {
      case Expr.Unary(UnaryOp op, Expr inner) when op == UnaryOp.NEG -> inner;
      case Expr.Const(Scalar type, long bits) when type == Scalar.F32 ->
          Expr.f32(-Float.intBitsToFloat((int) bits));
      case Expr.Const(Scalar type, long bits) when type == Scalar.F64 ->
          Expr.f64(-Double.longBitsToDouble(bits));
      default -> isZero(a) ? a : new Expr.Unary(UnaryOp.NEG, a);
    };
  }

  static Expr choose(Expr condition, Expr yes, Expr no) {
    return yes.equals(no) ? yes : new Expr.Choose(condition, yes, no);
  }

  static Expr convert(Scalar type, Expr value) {
    return value.type() == type ? value : new Expr.Convert(type, value);
  }

  static Expr one(Buffer buffer) {
    return new Expr.Load(buffer, Expr.i32(0));
  }

  static Expr index(String name) {
    return new Expr.Read(name, Scalar.I32);
  }

  /// Where the element of a row of a matrix lies.
  static Expr at(Expr row, int width, Expr column) {
    return new Expr.Binary(
        BinaryOp.ADD, new Expr.Binary(BinaryOp.MUL, row, Expr.i32(width)), column);
  }

  static Expr at(String row, int width, String column) {
    return at(index(row), width, index(column));
  }

  /// A loop from 0 whose passes come one after the other.
  static Stmt loop(String index, int to, Stmt... body) {
    return new Stmt.Loop(index, Expr.i32(0), Expr.i32(to), Stmt.Order.SEQUENTIAL, List.of(body));
  }

  /// A loop from 0 whose passes have nothing to do with each other.
  static Stmt each(String index, int to, Stmt body) {
    return new Stmt.Loop(index, Expr.i32(0), Expr.i32(to), Stmt.Order.INDEPENDENT, List.of(body));
  }

  /// The expression rebuilt from below: `change` sees each node after its operands.
  static Expr map(Expr expr, UnaryOperator<Expr> change) {
    return Repeats.map(expr, change);
  }

  /// The expression, where what stands in several places of a long one is bound to locals.
  static Expr bound(Expr expr, Names names, List<Stmt> lets) {
    return Repeats.bound(
        expr,
        node -> node,
        part -> {
          Expr.Read local = names.local("part", part.type());
          lets.add(new Stmt.Let(local.name(), part));
          return local;
        });
  }

  /// The statements with every expression rebuilt.
  static List<Stmt> mapAll(List<Stmt> block, UnaryOperator<Expr> change) {
    List<Stmt> all = new ArrayList<>();
    block.forEach(stmt -> all.add(map(stmt, change)));
    return all;
  }

  private static Stmt map(Stmt stmt, UnaryOperator<Expr> change) {
    return switch (stmt) {
      case Stmt.Let(var name, var value) -> new Stmt.Let(name, map(value, change));
      case Stmt.Var(var name, var value) -> new Stmt.Var(name, map(value, change));
      case Stmt.Assign(var name, var value) -> new Stmt.Assign(name, map(value, change));
      case Stmt.Store(var buffer, var index, var value) ->
          new Stmt.Store(buffer, map(index, change), map(value, change));
      case Stmt.If(var condition, var then, var otherwise) ->
          new Stmt.If(map(condition, change), mapAll(then, change), mapAll(otherwise, change));
      case Stmt.Loop(var index, var from, var to, var order, var body) ->
          new Stmt.Loop(index, map(from, change), map(to, change), order, mapAll(body, change));
      case Stmt.While(var condition, var body) ->
          new Stmt.While(map(condition, change), mapAll(body, change));
      case Stmt.Collect(
              var index,
              var from,
              var to,
              var body,
              var condition,
              var list,
              var count) ->
          new Stmt.Collect(
              index,
              map(from, change),
              map(to, change),
              mapAll(body, change),
              map(condition, change),
              list,
              count);
      case Stmt.Push(var list, var count, var value) ->
          new Stmt.Push(list, count, map(value, change));
      case Stmt.AddBits add -> add.at(map(add.at(), change));
      case Stmt.Words words ->
          new Stmt.Words(
              words.words(),
              map(words.count(), change),
              map(words.stream(), change),
              map(words.c1(), change),
              map(words.c2(), change),
              map(words.c3(), change),
              words.draw(),
              words.first());
    };
  }

  /// The statements with every store rebuilt.
  static List<Stmt> mapStores(List<Stmt> block, UnaryOperator<Stmt.Store> change) {
    return replaceStores(block, store -> List.of(change.apply(store)));
  }

  /// The same with any statements in place of a store.
  static List<Stmt> replaceStores(List<Stmt> block, Function<Stmt.Store, List<Stmt>> change) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt stmt : block) {
      switch (stmt) {
        case Stmt.Store store -> all.addAll(change.apply(store));
        case Stmt.If(var condition, var then, var otherwise) ->
            all.add(
                new Stmt.If(
                    condition, replaceStores(then, change), replaceStores(otherwise, change)));
        case Stmt.Loop(var index, var from, var to, var order, var body) ->
            all.add(new Stmt.Loop(index, from, to, order, replaceStores(body, change)));
        case Stmt.While(var condition, var body) ->
            all.add(new Stmt.While(condition, replaceStores(body, change)));
        case Stmt.Let _, Stmt.Var _, Stmt.Assign _, Stmt.Collect _, Stmt.Push _ -> all.add(stmt);
        case Stmt.AddBits _, Stmt.Words _ -> all.add(stmt);
      }
    }
    return all;
  }

  /// Whether an expression mentions a local.
  static boolean mentions(Expr expr, String local) {
    boolean[] found = {false};
    Repeats.each(
        expr, node -> found[0] |= node instanceof Expr.Read(var name, _) && name.equals(local));
    return found[0];
  }

  /// Whether no two values of a loop's index give one element: the index itself, or something added
  /// to it that does not change in the loop.
  static boolean follows(Expr place, String loop) {
    return switch (place) {
      case Expr.Read(var name, _) -> name.equals(loop);
      case Expr.Binary(BinaryOp op, Expr left, Expr right) when op == BinaryOp.ADD ->
          follows(left, loop) && !mentions(right, loop)
              || follows(right, loop) && !mentions(left, loop);
      default -> false;
    };
  }
}
