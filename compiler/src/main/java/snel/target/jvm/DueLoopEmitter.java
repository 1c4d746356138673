package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Cell;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.DueList;

/// Emits a [DueLoop]: notes down the elements of all rows, sees to them in one loop, and in between
/// where the list is full.
final class DueLoopEmitter {
  private static final String DUE_LIST = "snel/runtime/kernel/DueList";

  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final StatementEmitter statements;
  private final Fields fields;

  DueLoopEmitter(
      Frame frame, ExpressionEmitter expressions, StatementEmitter statements, Fields fields) {
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.statements = statements;
    this.fields = fields;
  }

  void emit(DueLoop due) {
    int mark = frame.enter();
    int list = frame.declareObject();
    fields.loadScratch(code, Cell.I32, DueList.MOST + DueList.SPARE);
    code.visitVarInsn(ASTORE, list);
    code.visitInsn(ICONST_0);
    String count = frame.spill(Scalar.I32);
    emitLevel(due, due.loop(), list, count);
    emitElements(due.rows(), list, count);
    frame.leave(mark);
  }

  private void emitLevel(DueLoop due, Stmt.Loop level, int list, String count) {
    int mark = frame.enter();
    if (level == due.rows()) {
      emitRow(due.rows(), list, count);
    } else {
      String limit = frame.temporary();
      statements.emitRange(level.index(), level.from(), level.to(), limit);
      frame.emitWhileBelow(
          level.index(),
          limit,
          1,
          () -> {
            level.body().subList(0, level.body().size() - 1).forEach(statements::emit);
            emitLevel(due, (Stmt.Loop) level.body().getLast(), list, count);
          });
    }
    frame.leave(mark);
  }

  private void emitRow(Stmt.Loop rows, int list, String count) {
    expressions.push(rows.from());
    String from = frame.spill(Scalar.I32);
    expressions.push(rows.to());
    String to = frame.spill(Scalar.I32);
    Label fits = new Label();
    frame.load(count);
    frame.load(to);
    code.visitInsn(IADD);
    frame.load(from);
    code.visitInsn(ISUB);
    Literals.pushInt(code, DueList.MOST);
    code.visitJumpInsn(IF_ICMPLE, fits);
    emitElements(rows, list, count);
    code.visitInsn(ICONST_0);
    frame.store(count);
    code.visitLabel(fits);
    code.visitVarInsn(ALOAD, list);
    frame.load(count);
    frame.load(from);
    frame.load(to);
    code.visitMethodInsn(INVOKESTATIC, DUE_LIST, "append", "([IIII)I", false);
    frame.store(count);
  }

  /// Does what is to be done to the elements in the list.
  private void emitElements(Stmt.Loop rows, int list, String count) {
    int mark = frame.enter();
    code.visitInsn(ICONST_0);
    String at = frame.spill(Scalar.I32);
    frame.emitWhileBelow(
        at,
        count,
        1,
        () -> {
          frame.declare(rows.index(), Scalar.I32);
          code.visitVarInsn(ALOAD, list);
          frame.load(at);
          code.visitInsn(IALOAD);
          frame.store(rows.index());
          statements.emitBlock(rows.body());
        });
    frame.leave(mark);
  }
}
