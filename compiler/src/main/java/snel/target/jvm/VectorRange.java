package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import snel.ir.Expr;
import snel.ir.Scalar;

/// Emits a loop in two pieces: as many iterations as fill vectors, and the others.
final class VectorRange {
  private final Frame frame;
  private final StatementEmitter statements;

  VectorRange(Frame frame, StatementEmitter statements) {
    this.frame = frame;
    this.statements = statements;
  }

  interface Piece {
    void emit(String from, String to);
  }

  /// The most iterations that are whole vectors, then the others.
  void emit(String name, Expr from, Expr to, int lanes, Piece whole, Piece rest) {
    int mark = frame.enter();
    String first = "$from." + name;
    String middle = "$middle." + name;
    String last = "$to." + name;
    statements.emitRange(first, from, to, last);
    frame.declare(middle, Scalar.I32);
    frame.load(first);
    frame.load(last);
    frame.load(first);
    frame.code.visitInsn(ISUB);
    Literals.pushInt(frame.code, -lanes);
    frame.code.visitInsn(IAND);
    frame.code.visitInsn(IADD);
    frame.store(middle);
    ifLess(first, middle, () -> whole.emit(first, middle));
    boolean none =
        from instanceof Expr.Const(_, long start)
            && to instanceof Expr.Const(_, long end)
            && (end - start) % lanes == 0;
    if (!none) {
      ifLess(middle, last, () -> rest.emit(middle, last));
    }
    frame.leave(mark);
  }

  /// A range in strips of so many iterations, so that what one part of a loop leaves to the next is
  /// still in the nearest cache.
  ///
  /// @param length a multiple of the lanes
  void strips(String name, String from, String to, int length, Piece strip) {
    int mark = frame.enter();
    String first = "$strip." + name;
    String end = "$end." + name;
    Label next = new Label();
    frame.declare(first, Scalar.I32);
    frame.declare(end, Scalar.I32);
    frame.load(from);
    frame.store(first);
    frame.code.visitLabel(next);
    frame.load(first);
    Literals.pushInt(frame.code, length);
    frame.code.visitInsn(IADD);
    frame.load(to);
    frame.code.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "min", "(II)I", false);
    frame.store(end);
    strip.emit(first, end);
    frame.load(end);
    frame.store(first);
    frame.load(first);
    frame.load(to);
    frame.code.visitJumpInsn(IF_ICMPLT, next);
    frame.leave(mark);
  }

  private void ifLess(String left, String right, Runnable then) {
    Label end = new Label();
    frame.load(left);
    frame.load(right);
    frame.code.visitJumpInsn(IF_ICMPGE, end);
    then.run();
    frame.code.visitLabel(end);
  }
}
