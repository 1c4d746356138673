package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.MethodVisitor;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Emits a [SynapseDrawLoop]: a row is drawn by calls of the library, then gone through.
final class SynapseDrawEmitter {
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final StatementEmitter statements;
  private final int seed;

  SynapseDrawEmitter(
      Frame frame, ExpressionEmitter expressions, StatementEmitter statements, int seed) {
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.statements = statements;
    this.seed = seed;
  }

  /// @param row the loop as it was
  void emit(Stmt.Loop row, SynapseDrawLoop drawn) {
    int mark = frame.enter();
    frame.declare(SynapseDrawLoop.FIRST, Scalar.I32);
    expressions.push(row.from());
    frame.store(SynapseDrawLoop.FIRST);
    drawn
        .draws()
        .forEach((array, draw) -> {
          push(row, draw);
          frame.declareArray(array);
        });
    statements.emitScalarLoop(drawn.loop());
    frame.leave(mark);
  }

  private void push(Stmt.Loop row, SynapseDrawLoop.RowDraw draw) {
    draw.targets().ifPresent(frame::loadArray);
    frame.load(SynapseDrawLoop.FIRST);
    expressions.push(row.to());
    String targets =
        draw.targets().map(buffer -> ArrayType.of(buffer.cell()).descriptor).orElse("");
    call("counters", "(" + targets + "II)[I");
    Literals.pushInt(code, seed);
    expressions.push(draw.stream());
    expressions.push(draw.row());
    if (draw.repeats().isPresent()) {
      frame.loadArray(draw.repeats().get());
      frame.load(SynapseDrawLoop.FIRST);
      expressions.push(draw.last());
      call("words", "([IIII[III)[I");
    } else {
      expressions.push(draw.third());
      expressions.push(draw.last());
      call("words", "([IIIIII)[I");
    }
    if (draw.isNormal()) {
      call("normals", "([I)[I");
    }
  }

  private void call(String method, String descriptor) {
    code.visitMethodInsn(INVOKESTATIC, CallEmitter.SYNAPSE_DRAWS, method, descriptor, false);
  }
}
