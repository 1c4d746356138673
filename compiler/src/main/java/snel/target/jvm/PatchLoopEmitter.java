package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;
import snel.ir.BinaryOp;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Emits a [PatchLoop] as a call of the run-time library, with the weights as patches or by a
/// stencil, and a loop over some as one that keeps the gradient where patches are added.
final class PatchLoopEmitter {
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final StatementEmitter statements;
  private final Fields fields;

  PatchLoopEmitter(
      Frame frame, ExpressionEmitter expressions, StatementEmitter statements, Fields fields) {
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.statements = statements;
    this.fields = fields;
  }

  /// @param fresh whether the sums are 0 before
  void emit(PatchLoop patches, boolean fresh) {
    String sums = fresh ? "addToZeros" : "add";
    emit(
        patches,
        CallEmitter.PATCHES,
        patches.isGradient() ? "gradient" : sums,
        () -> fields.loadPatches(code, patches));
  }

  /// Adds to sums without a copy of the weights.
  void emitStencil(PatchLoop patches) {
    emit(patches, CallEmitter.STENCIL, "add", () -> fields.loadStencil(code, patches));
  }

  private void emit(PatchLoop patches, String owner, String method, Runnable loadOwner) {
    if (!patches.beside().isEmpty()) {
      statements.emitScalarLoop(patches.rest());
    }
    int mark = frame.enter();
    String limit = frame.temporary();
    Stmt.Loop loop = patches.loop();
    statements.emitRange(loop.index(), loop.from(), loop.to(), limit);
    loadOwner.run();
    if (patches.isGradient()) {
      frame.loadArray(patches.from());
      expressions.push(patches.fromAt());
    } else {
      frame.loadArray(patches.to());
      frame.loadArray(patches.from());
    }
    frame.loadArray(patches.list());
    expressions.push(at(patches, loop.index()));
    expressions.push(at(patches, limit));
    code.visitMethodInsn(
        INVOKEVIRTUAL, owner, method, patches.isGradient() ? "([FI[III)V" : "([F[F[III)V", false);
    frame.leave(mark);
  }

  private static Expr at(PatchLoop patches, String local) {
    return new Expr.Binary(BinaryOp.ADD, patches.listAt(), new Expr.Read(local, Scalar.I32));
  }

  /// @param inner what the loop does besides preparing for it
  void emitAround(Stmt.Loop loop, PatchLoop inner) {
    around(inner, "beginGradient");
    statements.emitScalarLoop(loop);
    around(inner, "endGradient");
  }

  private void around(PatchLoop inner, String method) {
    fields.loadPatches(code, inner);
    frame.loadArray(inner.to());
    code.visitMethodInsn(INVOKEVIRTUAL, CallEmitter.PATCHES, method, "([F)V", false);
  }
}
