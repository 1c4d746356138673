package snel.target.jvm;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.runtime.kernel.MaskRowsVector;

/// Emits a [MaskLoop]: a call for each stretch.
final class MaskLoopEmitter {
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final Fields fields;

  MaskLoopEmitter(Frame frame, ExpressionEmitter expressions, Fields fields) {
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.fields = fields;
  }

  void emit(MaskLoop loop) {
    for (MaskTables.Stretch stretch : loop.stretches()) {
      push(loop.sums());
      expressions.push(loop.at());
      push(loop.weights());
      push(loop.list());
      expressions.push(loop.count());
      fields.loadMaskRows(code, stretch.rows());
      push(stretch.begins());
      Literals.pushInt(code, stretch.first());
      Literals.pushInt(code, stretch.last());
      fields.loadScratch(code, Cell.I32, MaskRowsVector.PLACES);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          CallEmitter.MASK_ROWS_VECTOR,
          "add",
          "([FI[F[IIL" + CallEmitter.MASK_ROWS + ";[III[I)V",
          false);
    }
  }

  private void push(Buffer array) {
    frame.loadArray(array);
  }
}
