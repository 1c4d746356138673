package snel.lower;

import java.util.ArrayList;
import java.util.List;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Clock;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Function;
import snel.ir.Length;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Short forms for building IR.
final class Emit {
  static final Buffer CLOCK = new Buffer(Clock.NAME, Cell.I64, Length.of(Clock.SIZE), Role.CLOCK);
  static final Buffer HALT = new Buffer(Clock.HALT, Cell.I32, Length.of(1), Role.LOG);
  static final Buffer FAULT = new Buffer(Clock.FAULT, Cell.I64, Length.of(3), Role.LOG);

  private Emit() {}

  static Expr i(int value) {
    return Expr.i32(value);
  }

  static Expr local(String name, Scalar type) {
    return new Expr.Read(name, type);
  }

  static Expr index(String name) {
    return new Expr.Read(name, Scalar.I32);
  }

  static Expr load(Buffer buffer, Expr index) {
    return new Expr.Load(buffer, index);
  }

  static Expr one(Buffer buffer) {
    return new Expr.Load(buffer, Expr.i32(0));
  }

  static Expr add(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.ADD, a, b);
  }

  static Expr sub(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.SUB, a, b);
  }

  static Expr mul(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.MUL, a, b);
  }

  static Expr and(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.AND, a, b);
  }

  static Expr or(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.OR, a, b);
  }

  static Expr compare(CompareOp op, Expr a, Expr b) {
    return new Expr.Compare(op, a, b);
  }

  static Expr not(Expr a) {
    return new Expr.Unary(UnaryOp.NOT, a);
  }

  static Expr call(Function function, Scalar type, Expr... arguments) {
    return new Expr.Call(function, type, List.of(arguments));
  }

  static Expr convert(Scalar type, Expr value) {
    return value.type() == type ? value : new Expr.Convert(type, value);
  }

  /// The step number n, `I64`.
  static Expr step() {
    return load(CLOCK, i(Clock.STEP));
  }

  static Expr step32() {
    return convert(Scalar.I32, step());
  }

  static Expr episodeStep32() {
    return convert(Scalar.I32, load(CLOCK, i(Clock.EPISODE_STEP)));
  }

  static Expr presentation32() {
    return convert(Scalar.I32, load(CLOCK, i(Clock.PRESENTATION)));
  }

  /// The instant at which the present step ends, `I64`.
  static Expr nextStep() {
    return add(step(), Expr.i64(1));
  }

  static Expr nextStep32() {
    return add(step32(), i(1));
  }

  /// The whole number of steps (`F64`) nearest to a time in milliseconds, half up, computed in
  /// double precision.
  static Expr nearestStep(Expr ms, double step) {
    Expr steps = new Expr.Binary(BinaryOp.DIV, convert(Scalar.F64, ms), Expr.f64(step));
    return new Expr.Unary(UnaryOp.FLOOR, add(steps, Expr.f64(0.5)));
  }

  static Expr zero(Scalar type) {
    return type.isFloat() ? Expr.real(type, 0) : type == Scalar.I64 ? Expr.i64(0) : i(0);
  }

  /// A word of 32 bits as a number of 0 to 2^32 - 1, `I64`.
  static Expr unsigned(Expr word) {
    return and(convert(Scalar.I64, word), Expr.i64(0xffffffffL));
  }

  static Stmt store(Buffer buffer, Expr index, Expr value) {
    return new Stmt.Store(buffer, index, value);
  }

  static Stmt loop(String index, Expr to, List<Stmt> body) {
    return new Stmt.Loop(index, i(0), to, Stmt.Order.INDEPENDENT, body);
  }

  static Stmt serial(String index, Expr from, Expr to, List<Stmt> body) {
    return new Stmt.Loop(index, from, to, Stmt.Order.SEQUENTIAL, body);
  }

  /// The same loops, with the order of what they add up left open.
  static List<Stmt> openOrder(List<Stmt> statements) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt statement : statements) {
      all.add(
          statement instanceof Stmt.Loop(var index, var from, var to, var order, var body)
                  && order == Stmt.Order.SEQUENTIAL
              ? new Stmt.Loop(index, from, to, Stmt.Order.OPEN, body)
              : statement);
    }
    return all;
  }

  /// A loop over an index of [LocalNames].
  static Stmt loop(Expr index, Expr to, List<Stmt> body) {
    return loop(name(index), to, body);
  }

  /// A loop over an index of [LocalNames].
  static Stmt serial(Expr index, Expr from, Expr to, List<Stmt> body) {
    return serial(name(index), from, to, body);
  }

  static Stmt let(Expr local, Expr value) {
    return new Stmt.Let(name(local), value);
  }

  static Stmt variable(Expr local, Expr value) {
    return new Stmt.Var(name(local), value);
  }

  static Stmt assign(Expr local, Expr value) {
    return new Stmt.Assign(name(local), value);
  }

  private static String name(Expr local) {
    return ((Expr.Read) local).name();
  }

  /// The same loops, whose iterations may not be split between workers.
  static List<Stmt> inOrder(List<Stmt> statements) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt statement : statements) {
      all.add(
          statement instanceof Stmt.Loop(var index, var from, var to, _, var body)
              ? serial(index, from, to, body)
              : statement);
    }
    return all;
  }

  /// The same with the loops inside, however deep.
  static List<Stmt> allInOrder(List<Stmt> statements) {
    List<Stmt> all = new ArrayList<>();
    for (Stmt statement : statements) {
      all.add(
          switch (statement) {
            case Stmt.Loop(var index, var from, var to, _, var body) ->
                serial(index, from, to, allInOrder(body));
            case Stmt.If(var condition, var then, var otherwise) ->
                new Stmt.If(condition, allInOrder(then), allInOrder(otherwise));
            case Stmt.While(var condition, var body) -> new Stmt.While(condition, allInOrder(body));
            // the bodies of a collection stand apart from one another
            case Stmt.Let _,
                Stmt.Var _,
                Stmt.Assign _,
                Stmt.Store _,
                Stmt.Collect _,
                Stmt.Push _,
                Stmt.Words _,
                Stmt.AddBits _ ->
                statement;
          });
    }
    return all;
  }

  static Stmt when(Expr condition, List<Stmt> then) {
    return new Stmt.If(condition, then, List.of());
  }

  /// Lets the run stop after this step, for one of the reasons of [Clock].
  static Stmt halt(int reason) {
    return store(HALT, i(0), or(one(HALT), i(reason)));
  }

  static Stmt increment(Buffer buffer, Expr index, Expr by) {
    return store(buffer, index, add(load(buffer, index), by));
  }

  /// Whether something that comes every so many steps comes at this instant (`I64`).
  static Expr due(long steps, Expr instant) {
    return compare(
        CompareOp.EQ, new Expr.Binary(BinaryOp.REM, instant, Expr.i64(steps)), Expr.i64(0));
  }
}
