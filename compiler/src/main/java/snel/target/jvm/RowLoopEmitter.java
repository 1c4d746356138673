package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Cell;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.RowsVector;

/// Emits a [RowLoop]: where the rows begin is noted down for many passes, then they are added
/// together.
final class RowLoopEmitter {
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final StatementEmitter statements;
  private final Fields fields;

  private final boolean copies;

  /// @param copies whether copies of the rows are worth it, which do not change while the loop's
  ///   kernel runs, or the steps if it is one of theirs
  RowLoopEmitter(
      Frame frame,
      ExpressionEmitter expressions,
      StatementEmitter statements,
      Fields fields,
      boolean copies) {
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.statements = statements;
    this.fields = fields;
    this.copies = copies;
  }

  void emit(RowLoop rows) {
    Stmt.Loop loop = rows.loop();
    int mark = frame.enter();
    int offsets = frame.declareObject();
    fields.loadScratch(code, Cell.I32, RowsVector.MOST);
    code.visitVarInsn(ASTORE, offsets);
    int factors = frame.declareObject();
    if (rows.factor().isPresent()) {
      fields.loadScratch(code, Cell.F32, RowsVector.MOST);
      code.visitVarInsn(ASTORE, factors);
    }
    expressions.push(rows.at());
    String at = frame.spill(Scalar.I32);
    code.visitInsn(ICONST_0);
    String count = frame.spill(Scalar.I32);
    String limit = frame.temporary();
    statements.emitRange(loop.index(), loop.from(), loop.to(), limit);
    Label test = new Label();
    Label next = new Label();
    Label end = new Label();
    code.visitLabel(test);
    frame.load(loop.index());
    frame.load(limit);
    code.visitJumpInsn(IF_ICMPGE, end);
    emitPass(rows, offsets, factors, count);
    frame.load(count);
    Literals.pushInt(code, RowsVector.MOST);
    code.visitJumpInsn(IF_ICMPLT, next);
    emitSum(rows, at, offsets, factors, count);
    code.visitInsn(ICONST_0);
    frame.store(count);
    code.visitLabel(next);
    code.visitIincInsn(frame.slot(loop.index()), 1);
    code.visitJumpInsn(GOTO, test);
    code.visitLabel(end);
    emitSum(rows, at, offsets, factors, count);
    frame.leave(mark);
  }

  private void emitPass(RowLoop rows, int offsets, int factors, String count) {
    int mark = frame.enter();
    rows.beside().forEach(statements::emit);
    code.visitVarInsn(ALOAD, offsets);
    frame.load(count);
    expressions.push(rows.row());
    code.visitInsn(IASTORE);
    if (rows.factor().isPresent()) {
      code.visitVarInsn(ALOAD, factors);
      frame.load(count);
      expressions.push(rows.factor().get());
      code.visitInsn(FASTORE);
    }
    code.visitIincInsn(frame.slot(count), 1);
    frame.leave(mark);
  }

  private void emitSum(RowLoop rows, String at, int offsets, int factors, String count) {
    frame.loadArray(rows.sums());
    frame.load(at);
    frame.loadArray(rows.rows());
    code.visitVarInsn(ALOAD, offsets);
    frame.load(count);
    expressions.push(Expr.i32(rows.width()));
    if (rows.factor().isPresent()) {
      code.visitVarInsn(ALOAD, factors);
      code.visitMethodInsn(
          INVOKESTATIC, CallEmitter.ROWS_VECTOR, "addTimes", "([FI[F[III[F)V", false);
      return;
    }
    if (copies) {
      fields.loadRowCache(code, rows.rows(), rows.width());
      fields.loadScratch(code, Cell.I64, RowsVector.MOST);
    }
    code.visitMethodInsn(
        INVOKESTATIC,
        CallEmitter.ROWS_VECTOR,
        "add",
        "([FI[F[III" + (copies ? "L" + CallEmitter.ROW_CACHE + ";[J" : "") + ")V",
        false);
  }
}
