package snel.pass;

import java.util.List;
import java.util.function.UnaryOperator;
import snel.ir.BinaryOp;
import snel.ir.Buffer;
import snel.ir.ConvShape;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Writes out, for each weight of a kernel, the values that it is multiplied by at all places of a
/// map: the values of the source's map as it lies behind the map of the targets.
public final class Patchwork {
  private final ConvShape shape;
  private final UnaryOperator<String> fresh;

  /// @param shape without padding
  /// @param fresh makes a new name of a local
  public Patchwork(ConvShape shape, UnaryOperator<String> fresh) {
    this.shape = shape;
    this.fresh = fresh;
  }

  /// @param patches one row a weight of a target channel, one column a place
  /// @param values of the sources
  public Stmt of(Buffer patches, Buffer values) {
    Expr channel = local("c");
    Expr kernelY = local("ky");
    Expr kernelX = local("kx");
    Expr y = local("y");
    Expr x = local("x");
    Expr tap =
        add(
            times(add(times(channel, shape.kernelHeight()), kernelY), shape.kernelWidth()),
            kernelX);
    Expr row = add(times(tap, shape.targetHeight()), y);
    Expr to = add(times(row, shape.targetWidth()), x);
    Expr line =
        add(
            times(channel, shape.sourceHeight()),
            add(times(y, shape.strideY()), times(kernelY, shape.dilationY())));
    Expr column = add(times(x, shape.strideX()), times(kernelX, shape.dilationX()));
    Expr from = add(times(line, shape.sourceWidth()), column);
    Stmt copy = new Stmt.Store(patches, to, new Expr.Load(values, from));
    Stmt lines =
        loop(y, shape.targetHeight(), loop(x, shape.targetWidth(), Stmt.Order.INDEPENDENT, copy));
    return loop(
        channel,
        shape.sourceChannels(),
        loop(kernelY, shape.kernelHeight(), loop(kernelX, shape.kernelWidth(), lines)));
  }

  private Expr local(String stem) {
    return new Expr.Read(fresh.apply(stem), Scalar.I32);
  }

  private static Expr add(Expr a, Expr b) {
    return new Expr.Binary(BinaryOp.ADD, a, b);
  }

  private static Expr times(Expr value, int factor) {
    return factor == 1 ? value : new Expr.Binary(BinaryOp.MUL, value, Expr.i32(factor));
  }

  private static Stmt loop(Expr index, int to, Stmt body) {
    return loop(index, to, Stmt.Order.SEQUENTIAL, body);
  }

  private static Stmt loop(Expr index, int to, Stmt.Order order, Stmt body) {
    String name = ((Expr.Read) index).name();
    return new Stmt.Loop(name, Expr.i32(0), Expr.i32(to), order, List.of(body));
  }
}
