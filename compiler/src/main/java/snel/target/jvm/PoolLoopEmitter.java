package snel.target.jvm;

import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import snel.ir.Expr;
import snel.ir.Scalar;

/// Emits a [PoolLoop] as a call of the run-time library.
final class PoolLoopEmitter {
  private final Frame frame;
  private final ExpressionEmitter expressions;
  private final VectorMethods vectors;

  PoolLoopEmitter(Frame frame, ExpressionEmitter expressions, VectorMethods vectors) {
    this.frame = frame;
    this.expressions = expressions;
    this.vectors = vectors;
  }

  void emit(PoolLoop found) {
    vectors.usePools(found);
    switch (found) {
      case PoolLoop.Largest(PoolLoop.Shape shape, var maxima, PoolLoop.Sent sent) -> {
        frame.loadArray(maxima);
        frame.loadArray(sent.from());
        expressions.push(sent.at());
        expressions.push(factor(sent));
        call("largest", "[F[FIF", shape);
      }
      case PoolLoop.Give(PoolLoop.Shape shape, var came, var maxima, var sent, var gradient) -> {
        frame.loadArray(came);
        frame.loadArray(maxima);
        frame.loadArray(sent.from());
        expressions.push(sent.at());
        frame.loadArray(gradient);
        expressions.push(factor(sent));
        call("give", "[F[F[FI[FF", shape);
      }
      case PoolLoop.Spread(PoolLoop.Shape shape, var came, var to) -> {
        frame.loadArray(to);
        frame.loadArray(came);
        call("spread", "[F[F", shape);
      }
    }
  }

  private static Expr factor(PoolLoop.Sent sent) {
    return Expr.real(Scalar.F32, sent.factor());
  }

  private void call(String method, String arguments, PoolLoop.Shape shape) {
    Literals.pushInt(frame.code, shape.height());
    Literals.pushInt(frame.code, shape.width());
    Literals.pushInt(frame.code, shape.rows());
    Literals.pushInt(frame.code, shape.columns());
    String descriptor = "(" + arguments + "IIII)V";
    frame.code.visitMethodInsn(INVOKESTATIC, CallEmitter.POOLS, method, descriptor, false);
  }
}
