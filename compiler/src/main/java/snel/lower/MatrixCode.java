package snel.lower;

import static snel.lower.Emit.add;
import static snel.lower.Emit.compare;
import static snel.lower.Emit.convert;
import static snel.lower.Emit.i;
import static snel.lower.Emit.index;
import static snel.lower.Emit.load;
import static snel.lower.Emit.mul;
import static snel.lower.Emit.store;
import static snel.lower.Emit.sub;
import static snel.lower.Emit.when;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.CompareOp;
import snel.ir.Expr;
import snel.ir.Role;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.ir.UnaryOp;

/// Emits the operations of [snel.math.Matrix] on square matrices in scratch memory, in the same
/// order, so that a coefficient computed by a kernel has the bits of one computed by the compiler.
final class MatrixCode {
  private final World world;
  private final KernelScope kernel;
  private final int size;

  MatrixCode(World world, KernelScope kernel, int size) {
    this.world = world;
    this.kernel = kernel;
    this.size = size;
  }

  /// The scratch matrix of that name.
  Buffer matrix(String name) {
    return world.buffers.declare(
        "matrix." + size + "." + name, Cell.F64, (long) size * size, Role.SCRATCH);
  }

  void emit(Stmt statement) {
    kernel.statements().add(statement);
  }

  /// Runs `body` for each number in 0 ..< `count`, rising.
  void each(String hint, int count, Consumer<Expr> body) {
    each(hint, i(0), i(count), body);
  }

  void each(String hint, Expr from, Expr to, Consumer<Expr> body) {
    String name = kernel.fresh(hint);
    List<Stmt> inner = kernel.collect(() -> body.accept(index(name)));
    emit(Emit.serial(name, from, to, inner));
  }

  Expr place(Expr row, Expr column) {
    return add(mul(row, i(size)), column);
  }

  Expr let(String hint, Expr value) {
    String name = kernel.fresh(hint);
    emit(new Stmt.Let(name, value));
    return new Expr.Read(name, value.type());
  }

  /// Sets every element to a function of its position in the array.
  void fill(Buffer out, UnaryOperator<Expr> value) {
    each("e", size * size, e -> emit(store(out, e, value.apply(e))));
  }

  void clear(Buffer out) {
    fill(out, _ -> Expr.f64(0));
  }

  void copy(Buffer out, Buffer from) {
    fill(out, e -> load(from, e));
  }

  void addToDiagonal(Buffer out, double value) {
    each(
        "d",
        size,
        d -> {
          Expr at = place(d, d);
          emit(store(out, at, add(load(out, at), Expr.f64(value))));
        });
  }

  /// `out` must not be one of the factors.
  void times(Buffer out, Buffer a, Buffer b) {
    clear(out);
    each(
        "row",
        size,
        row ->
            each(
                "k",
                size,
                k -> {
                  Expr factor = let("factor", load(a, place(row, k)));
                  List<Stmt> sum =
                      kernel.collect(() ->
                          each(
                              "column",
                              size,
                              column -> {
                                Expr at = place(row, column);
                                Expr product = mul(factor, load(b, place(k, column)));
                                emit(store(out, at, add(load(out, at), product)));
                              }));
                  emit(when(compare(CompareOp.NE, factor, Expr.f64(0)), sum));
                }));
  }

  /// The largest sum of magnitudes in a column.
  Expr norm(Buffer a) {
    String largest = kernel.fresh("norm");
    emit(new Stmt.Var(largest, Expr.f64(0)));
    each(
        "column",
        size,
        column -> {
          String sum = kernel.fresh("sum");
          emit(new Stmt.Var(sum, Expr.f64(0)));
          each(
              "row",
              size,
              row -> {
                Expr magnitude = new Expr.Unary(UnaryOp.ABS, load(a, place(row, column)));
                emit(new Stmt.Assign(sum, add(read(sum), magnitude)));
              });
          emit(new Stmt.Assign(largest, new Expr.Binary(BinaryOp.MAX, read(largest), read(sum))));
        });
    return read(largest);
  }

  private static Expr read(String name) {
    return new Expr.Read(name, Scalar.F64);
  }

  /// How often a positive number must be halved until it is below 1.
  Expr halvings(Expr value) {
    String rest = kernel.fresh("rest");
    String count = kernel.fresh("halvings");
    emit(new Stmt.Var(rest, value));
    emit(new Stmt.Var(count, i(0)));
    emit(
        new Stmt.While(
            Emit.and(
                compare(CompareOp.GE, read(rest), Expr.f64(1)),
                compare(CompareOp.LT, read(rest), Expr.f64(Double.POSITIVE_INFINITY))),
            List.of(
                new Stmt.Assign(rest, mul(read(rest), Expr.f64(0.5))),
                new Stmt.Assign(count, add(index(count), i(1))))));
    return index(count);
  }

  /// 2^-count.
  Expr powerOfHalf(Expr count) {
    String power = kernel.fresh("power");
    emit(new Stmt.Var(power, Expr.f64(1)));
    each("h", i(0), count, _ -> emit(new Stmt.Assign(power, mul(read(power), Expr.f64(0.5)))));
    return read(power);
  }

  /// Replaces `right` by the X with `left` X = `right`, by elimination with partial pivoting;
  /// destroys `left`. Nothing tells a singular matrix: its quotients are no numbers.
  void solve(Buffer left, Buffer right) {
    each(
        "k",
        size,
        k -> {
          String best = kernel.fresh("best");
          emit(new Stmt.Var(best, k));
          each(
              "row",
              add(k, i(1)),
              i(size),
              row -> {
                Expr here = new Expr.Unary(UnaryOp.ABS, load(left, place(row, k)));
                Expr there = new Expr.Unary(UnaryOp.ABS, load(left, place(index(best), k)));
                emit(when(compare(CompareOp.GT, here, there), List.of(new Stmt.Assign(best, row))));
              });
          swap(left, k, index(best));
          swap(right, k, index(best));
          each(
              "row",
              add(k, i(1)),
              i(size),
              row -> {
                Expr quotient =
                    new Expr.Binary(
                        BinaryOp.DIV, load(left, place(row, k)), load(left, place(k, k)));
                Expr factor = let("factor", quotient);
                List<Stmt> subtract =
                    kernel.collect(() -> {
                      subtract(left, row, k, factor);
                      subtract(right, row, k, factor);
                    });
                emit(when(compare(CompareOp.NE, factor, Expr.f64(0)), subtract));
              });
        });
    each(
        "up",
        size,
        up -> {
          Expr row = let("row", sub(i(size - 1), up));
          each(
              "k",
              add(row, i(1)),
              i(size),
              k -> subtract(right, row, k, let("factor", load(left, place(row, k)))));
          each(
              "column",
              size,
              column -> {
                Expr at = place(row, column);
                Expr quotient =
                    new Expr.Binary(BinaryOp.DIV, load(right, at), load(left, place(row, row)));
                emit(store(right, at, quotient));
              });
        });
  }

  private void swap(Buffer of, Expr a, Expr b) {
    each(
        "column",
        size,
        column -> {
          Expr first = let("first", load(of, place(a, column)));
          emit(store(of, place(a, column), load(of, place(b, column))));
          emit(store(of, place(b, column), first));
        });
  }

  private void subtract(Buffer of, Expr row, Expr other, Expr factor) {
    each(
        "column",
        size,
        column -> {
          Expr at = place(row, column);
          Expr product = mul(factor, load(of, place(other, column)));
          emit(store(of, at, sub(load(of, at), product)));
        });
  }

  /// Zeroes what no chain of elements of `pattern` leads to.
  void keepReachable(Buffer of, Buffer pattern) {
    Buffer reach =
        world.buffers.declare(
            "matrix." + size + ".reach", Cell.I32, (long) size * size, Role.SCRATCH);
    each(
        "row",
        size,
        row ->
            each(
                "column",
                size,
                column -> {
                  Expr linked =
                      new Expr.Binary(
                          BinaryOp.OR,
                          compare(CompareOp.EQ, row, column),
                          compare(CompareOp.NE, load(pattern, place(row, column)), Expr.f64(0)));
                  emit(store(reach, place(row, column), convert(Scalar.I32, linked)));
                }));
    each(
        "k",
        size,
        k ->
            each(
                "row",
                size,
                row ->
                    each(
                        "column",
                        size,
                        column -> {
                          Expr at = place(row, column);
                          Expr through =
                              new Expr.Binary(
                                  BinaryOp.AND,
                                  load(reach, place(row, k)),
                                  load(reach, place(k, column)));
                          emit(
                              store(
                                  reach,
                                  at,
                                  new Expr.Binary(BinaryOp.OR, load(reach, at), through)));
                        })));
    fill(
        of,
        e ->
            new Expr.Choose(compare(CompareOp.NE, load(reach, e), i(0)), load(of, e), Expr.f64(0)));
  }
}
