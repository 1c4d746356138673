package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Cell;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.DueList;

/// Emits a [DueLoop]: notes down where all rows begin and end, lists their elements, sees to these
/// in one loop, and does so in between where the list is full.
final class DueLoopEmitter {
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final StatementEmitter statements;
  private final Fields fields;
  private final boolean inVectors;

  /// What a method remembers of the rows that it has noted down: arrays and names of locals.
  ///
  /// @param ends where each row begins and ends
  /// @param due elements of the rows
  /// @param rows how many rows there are
  /// @param used how much of the list is spoken for
  private record Notes(int ends, int due, String rows, String used) {}

  DueLoopEmitter(
      Frame frame,
      ExpressionEmitter expressions,
      StatementEmitter statements,
      Fields fields,
      boolean inVectors) {
    this.inVectors = inVectors;
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.statements = statements;
    this.fields = fields;
  }

  void emit(DueLoop due) {
    int mark = frame.enter();
    int ends = frame.declareObject();
    fields.loadScratch(code, Cell.I32, DueList.ENDS);
    code.visitVarInsn(ASTORE, ends);
    int list = frame.declareObject();
    fields.loadScratch(code, Cell.I32, DueList.MOST + DueList.SPARE);
    code.visitVarInsn(ASTORE, list);
    code.visitInsn(ICONST_0);
    String rows = frame.spill(Scalar.I32);
    code.visitInsn(ICONST_0);
    Notes notes = new Notes(ends, list, rows, frame.spill(Scalar.I32));
    emitLevel(due, due.loop(), notes);
    emitElements(due.rows(), notes);
    frame.leave(mark);
  }

  private void emitLevel(DueLoop due, Stmt.Loop level, Notes notes) {
    int mark = frame.enter();
    if (level == due.rows()) {
      emitRow(due.rows(), notes);
    } else {
      String limit = frame.temporary();
      statements.emitRange(level.index(), level.from(), level.to(), limit);
      frame.emitWhileBelow(
          level.index(),
          limit,
          1,
          () -> {
            level.body().subList(0, level.body().size() - 1).forEach(statements::emit);
            emitLevel(due, (Stmt.Loop) level.body().getLast(), notes);
          });
    }
    frame.leave(mark);
  }

  private void emitRow(Stmt.Loop row, Notes notes) {
    expressions.push(row.from());
    String from = frame.spill(Scalar.I32);
    expressions.push(row.to());
    String to = frame.spill(Scalar.I32);
    Label fits = new Label();
    pushUsed(notes, from, to);
    Literals.pushInt(code, DueList.MOST);
    code.visitJumpInsn(IF_ICMPLE, fits);
    emitElements(row, notes);
    code.visitInsn(ICONST_0);
    frame.store(notes.rows());
    code.visitInsn(ICONST_0);
    frame.store(notes.used());
    code.visitLabel(fits);
    pushUsed(notes, from, to);
    frame.store(notes.used());
    storeEnd(notes, 0, from);
    storeEnd(notes, 1, to);
    code.visitIincInsn(frame.slot(notes.rows()), 1);
  }

  /// How much is spoken for with a row more: an element for each of its own, and one for itself, so
  /// that empty rows come to an end, too.
  private void pushUsed(Notes notes, String from, String to) {
    frame.load(notes.used());
    frame.load(to);
    code.visitInsn(IADD);
    frame.load(from);
    code.visitInsn(ISUB);
    code.visitInsn(ICONST_1);
    code.visitInsn(IADD);
  }

  private void storeEnd(Notes notes, int which, String end) {
    code.visitVarInsn(ALOAD, notes.ends());
    frame.load(notes.rows());
    code.visitInsn(ICONST_1);
    code.visitInsn(ISHL);
    Literals.pushInt(code, which);
    code.visitInsn(IADD);
    frame.load(end);
    code.visitInsn(IASTORE);
  }

  /// Does what is to be done to the elements of the rows.
  private void emitElements(Stmt.Loop row, Notes notes) {
    int mark = frame.enter();
    code.visitVarInsn(ALOAD, notes.due());
    code.visitVarInsn(ALOAD, notes.ends());
    code.visitInsn(ICONST_0);
    frame.load(notes.rows());
    code.visitMethodInsn(
        INVOKESTATIC,
        inVectors ? CallEmitter.DUE_LIST_VECTOR : CallEmitter.DUE_LIST,
        "list",
        "([I[III)I",
        false);
    String count = frame.spill(Scalar.I32);
    code.visitInsn(ICONST_0);
    String at = frame.spill(Scalar.I32);
    frame.emitWhileBelow(
        at,
        count,
        1,
        () -> {
          frame.declare(row.index(), Scalar.I32);
          code.visitVarInsn(ALOAD, notes.due());
          frame.load(at);
          code.visitInsn(IALOAD);
          frame.store(row.index());
          expressions.emitScattered(() -> statements.emitBlock(row.body()));
        });
    frame.leave(mark);
  }
}
