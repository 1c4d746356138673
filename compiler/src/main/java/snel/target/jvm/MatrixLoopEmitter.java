package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Expr;

/// Emits a [MatrixLoop] as a call of the library.
final class MatrixLoopEmitter {
  private final Frame frame;
  private final ExpressionEmitter expressions;
  private final Fields fields;
  private final VectorMethods vectors;

  MatrixLoopEmitter(
      Frame frame, ExpressionEmitter expressions, Fields fields, VectorMethods vectors) {
    this.frame = frame;
    this.expressions = expressions;
    this.fields = fields;
    this.vectors = vectors;
  }

  void emit(MatrixLoop found) {
    switch (found) {
      case MatrixLoop.Product product -> {
        vectors.useProducts(product);
        fields.loadProducts(frame.code);
        push(product.to(), product.toAt().first());
        push(product.toAt().outer());
        push(product.a(), product.aAt().first());
        push(product.aAt().inner());
        push(product.aAt().outer());
        push(product.b(), product.bAt().first());
        push(product.bAt().inner());
        expressions.push(product.rows());
        push(product.depth());
        push(product.width());
        frame.code.visitMethodInsn(
            INVOKEVIRTUAL, CallEmitter.PRODUCTS, "add", "([FII[FIII[FIIIII)V", false);
      }
      case MatrixLoop.Block block -> {
        vectors.useBlocks();
        push(block.to(), block.toAt().first());
        push(block.toAt().outer());
        push(block.from(), block.fromAt().first());
        push(block.fromAt().outer());
        push(block.height());
        push(block.width());
        call(CallEmitter.BLOCK_VECTOR, "([FII[FIIII)V");
      }
      case MatrixLoop.Shifted shifted -> {
        vectors.useShiftedBlocks();
        fields.loadShiftedBlocks(frame.code);
        push(shifted.to(), Expr.i32(0));
        push(shifted.line());
        push(shifted.from(), Expr.i32(0));
        push(shifted.kernelHeight());
        push(shifted.kernelWidth());
        push(shifted.height());
        push(shifted.width());
        frame.code.visitMethodInsn(
            INVOKEVIRTUAL, CallEmitter.SHIFTED_BLOCKS, "add", "([FII[FIIIII)V", false);
      }
      case MatrixLoop.Copy copy -> {
        push(copy.to(), copy.toAt().first());
        push(copy.toAt().outer());
        push(copy.from(), copy.fromAt().first());
        push(copy.fromAt().outer());
        push(copy.height());
        push(copy.width());
        call(CallEmitter.BLOCKS, "copy", "([FII[FIIII)V");
      }
      case MatrixLoop.Turn turn -> {
        vectors.useTurns();
        fields.loadTurn(frame.code);
        push(turn.to(), turn.toAt().first());
        push(turn.toAt().outer());
        push(turn.from(), turn.fromAt().first());
        push(turn.fromAt().outer());
        push(turn.height());
        push(turn.width());
        frame.code.visitMethodInsn(INVOKEVIRTUAL, CallEmitter.TURN, "turn", "([FII[FIIII)V", false);
      }
      case MatrixLoop.Spread spread -> {
        vectors.useShortRows(spread.width());
        push(spread.to(), spread.toAt());
        push(spread.line());
        push(spread.from(), spread.fromAt());
        push(spread.list(), spread.listAt());
        expressions.push(spread.count());
        push(spread.width());
        call(CallEmitter.SHORT_ROWS_VECTOR, "([FII[FI[IIII)V");
      }
      case MatrixLoop.Listed listed -> {
        vectors.useListed(listed.width());
        fields.loadListedRows(frame.code);
        push(listed.to(), listed.toAt().first());
        push(listed.toAt().outer());
        frame.loadArray(listed.from());
        push(listed.line());
        push(listed.list(), listed.listAt().first());
        push(listed.listAt().outer());
        frame.loadArray(listed.counts());
        expressions.push(listed.height());
        push(listed.width());
        push(listed.anyOrder() ? 1 : 0);
        String numbers = listed.list().cell() == Cell.U16 ? "[C" : "[I";
        frame.code.visitMethodInsn(
            INVOKEVIRTUAL,
            CallEmitter.LISTED_ROWS,
            "add",
            "([FII[FI" + numbers + "II[IIIZ)V",
            false);
      }
    }
  }

  private void push(Buffer array, Expr at) {
    frame.loadArray(array);
    expressions.push(at);
  }

  private void push(int number) {
    Literals.pushInt(frame.code, number);
  }

  private void call(String owner, String descriptor) {
    call(owner, "add", descriptor);
  }

  private void call(String owner, String method, String descriptor) {
    frame.code.visitMethodInsn(INVOKESTATIC, owner, method, descriptor, false);
  }
}
