package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Cell;
import snel.ir.Scalar;
import snel.ir.Stmt;

/// Emits how a collection in vectors lists the lanes that its condition chose.
///
/// Where few do, bits are walked through: as a rule there is none, which the processor foresees.
/// Where it cannot foresee which vector has one, each is put into the list as a whole, without a
/// branch. How many have been listed so far tells which of both it is.
final class ListedLanes {
  /// With fewer than one in two to the power of this, one vector in four has any.
  private static final int RARE = 6;

  private static final String MASK_OWNER = LaneType.ROOT + "VectorMask";
  private static final String TO_MASK = "(" + LaneType.SPECIES + "J)" + LaneType.MASK;

  private final Frame frame;
  private final MethodVisitor code;
  private final Stmt.Collect collect;
  private final int lanes;
  private final boolean compresses;
  private final String room;

  /// To be made before the loop.
  ListedLanes(Frame frame, Stmt.Collect collect, int lanes, boolean compresses) {
    this.frame = frame;
    this.code = frame.code;
    this.collect = collect;
    this.lanes = lanes;
    this.compresses = compresses && collect.list().cell() == Cell.I32;
    frame.loadArray(collect.list());
    code.visitInsn(ARRAYLENGTH);
    Literals.pushInt(code, lanes);
    code.visitInsn(ISUB);
    this.room = frame.spill(Scalar.I32);
  }

  /// Lists the lanes whose bits are set in this local.
  void emit(String bits) {
    if (!compresses) {
      emitOneByOne(bits);
      return;
    }
    Label rare = new Label();
    Label end = new Label();
    // (count - (index >>> RARE) | room - count) < 0: a single branch, each way of which a warm-up sees
    frame.load(LoopShape.COUNT);
    frame.load(collect.index());
    Literals.pushInt(code, RARE);
    code.visitInsn(IUSHR);
    code.visitInsn(ISUB);
    frame.load(room);
    frame.load(LoopShape.COUNT);
    code.visitInsn(ISUB);
    code.visitInsn(IOR);
    code.visitJumpInsn(IFLT, rare);
    emitTogether(bits);
    code.visitJumpInsn(GOTO, end);
    code.visitLabel(rare);
    emitOneByOne(bits);
    code.visitLabel(end);
  }

  /// The indices that are chosen, side by side, into the list.
  private void emitTogether(String bits) {
    LaneType.INT.pushSpecies(code, lanes);
    frame.load(collect.index());
    LaneType.INT.broadcast(code);
    code.visitInsn(ICONST_1);
    LaneType.INT.invoke(code, "addIndex", "(I)" + LaneType.INT.descriptor);
    LaneType.INT.pushSpecies(code, lanes);
    frame.load(bits);
    code.visitMethodInsn(INVOKESTATIC, MASK_OWNER, "fromLong", TO_MASK, false);
    LaneType.INT.invoke(code, "compress", "(" + LaneType.MASK + ")" + LaneType.INT.descriptor);
    frame.load(bits);
    code.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "bitCount", "(J)I", false);
    String more = frame.spill(Scalar.I32);
    frame.loadArray(collect.list());
    frame.load(LoopShape.COUNT);
    LaneType.INT.pushSpecies(code, lanes);
    code.visitInsn(LCONST_1);
    frame.load(more);
    code.visitInsn(LSHL);
    code.visitInsn(LCONST_1);
    code.visitInsn(LSUB);
    code.visitMethodInsn(INVOKESTATIC, MASK_OWNER, "fromLong", TO_MASK, false);
    LaneType.INT.invoke(code, "intoArray", "([II" + LaneType.MASK + ")V");
    frame.load(LoopShape.COUNT);
    frame.load(more);
    code.visitInsn(IADD);
    frame.store(LoopShape.COUNT);
  }

  /// `while (bits != 0) { list[count++] = index + trailing zeros; bits &= bits - 1; }`.
  private void emitOneByOne(String bits) {
    Label test = new Label();
    Label end = new Label();
    code.visitLabel(test);
    frame.load(bits);
    code.visitInsn(LCONST_0);
    code.visitInsn(LCMP);
    code.visitJumpInsn(IFEQ, end);
    frame.loadArray(collect.list());
    frame.load(LoopShape.COUNT);
    frame.load(collect.index());
    frame.load(bits);
    code.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "numberOfTrailingZeros", "(J)I", false);
    code.visitInsn(IADD);
    code.visitInsn(ArrayType.of(collect.list().cell()).store);
    code.visitIincInsn(frame.slot(LoopShape.COUNT), 1);
    frame.load(bits);
    frame.load(bits);
    code.visitInsn(LCONST_1);
    code.visitInsn(LSUB);
    code.visitInsn(LAND);
    frame.store(bits);
    code.visitJumpInsn(GOTO, test);
    code.visitLabel(end);
  }
}
