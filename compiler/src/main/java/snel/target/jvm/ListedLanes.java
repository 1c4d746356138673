package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.LaneLists;

/// Emits how a collection in vectors lists the lanes that its condition chose.
///
/// Where few do, bits are walked through: as a rule there is none, which the processor foresees.
/// Where it cannot foresee which vector has one, the lanes chosen are put into the list together,
/// without a branch, in a vector whose other lanes come to lie behind them. Where no instruction
/// compresses vectors, they are looked up.
final class ListedLanes {
  private static final String MASK_OWNER = LaneType.ROOT + "VectorMask";
  private static final String TO_MASK = "(" + LaneType.SPECIES + "J)" + LaneType.MASK;

  private final Frame frame;
  private final MethodVisitor code;
  private final Stmt.Collect collect;
  private final int lanes;
  private final boolean together;

  /// Bits of the lanes that the condition may choose: in a warm-up none, so that this knows which.
  private final String free;

  /// To be made before the loop.
  ///
  /// @param together whether all lanes of a vector are listed at once
  ListedLanes(Frame frame, Stmt.Collect collect, int lanes, boolean together) {
    this.frame = frame;
    this.code = frame.code;
    this.collect = collect;
    this.lanes = lanes;
    this.together = together;
    // ~((also | -also) >> 63)
    frame.load(LoopShape.ALSO);
    frame.load(LoopShape.ALSO);
    code.visitInsn(LNEG);
    code.visitInsn(LOR);
    Literals.pushInt(code, Long.SIZE - 1);
    code.visitInsn(LSHR);
    code.visitLdcInsn(-1L);
    code.visitInsn(LXOR);
    this.free = frame.spill(Scalar.I64);
  }

  /// Lists the lanes that the bits on the stack name.
  void emit() {
    if (together) {
      frame.load(free);
      code.visitInsn(LAND);
      frame.load(LoopShape.ALSO);
      frame.load(collect.index());
      code.visitInsn(LUSHR);
      code.visitInsn(LOR);
      emitTogether(frame.spill(Scalar.I64));
    } else {
      frame.load(LoopShape.ALSO);
      code.visitInsn(LOR);
      emitOneByOne(frame.spill(Scalar.I64));
    }
  }

  /// Lists the lanes whose bits are set in this local, all at once.
  private void emitTogether(String bits) {
    if (lanes <= LaneLists.LANES) {
      pushLookedUp(bits);
    } else {
      pushCompressed(bits);
    }
    frame.loadArray(collect.list());
    frame.load(LoopShape.COUNT);
    LaneType.INT.invoke(code, "intoArray", "([II)V");
    frame.load(LoopShape.COUNT);
    frame.load(bits);
    code.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "bitCount", "(J)I", false);
    code.visitInsn(IADD);
    frame.store(LoopShape.COUNT);
  }

  private void pushLookedUp(String bits) {
    LaneType.INT.pushSpecies(code, lanes);
    code.visitFieldInsn(GETSTATIC, CallEmitter.LANE_LISTS, "TABLE", "[I");
    frame.load(bits);
    code.visitInsn(L2I);
    Literals.pushInt(code, (1 << lanes) - 1);
    code.visitInsn(IAND);
    Literals.pushInt(code, LaneLists.LANES);
    code.visitInsn(IMUL);
    code.visitMethodInsn(
        INVOKESTATIC,
        LaneType.INT.owner,
        "fromArray",
        "(" + LaneType.SPECIES + "[II)" + LaneType.INT.descriptor,
        false);
    frame.load(collect.index());
    LaneType.INT.invoke(code, "add", "(I)" + LaneType.INT.descriptor);
  }

  private void pushCompressed(String bits) {
    LaneType.INT.pushSpecies(code, lanes);
    frame.load(collect.index());
    LaneType.INT.broadcast(code);
    code.visitInsn(ICONST_1);
    LaneType.INT.invoke(code, "addIndex", "(I)" + LaneType.INT.descriptor);
    LaneType.INT.pushSpecies(code, lanes);
    frame.load(bits);
    code.visitMethodInsn(INVOKESTATIC, MASK_OWNER, "fromLong", TO_MASK, false);
    LaneType.INT.invoke(code, "compress", "(" + LaneType.MASK + ")" + LaneType.INT.descriptor);
  }

  /// Lists them one by one: `while (bits != 0) { list[count++] = index + trailing zeros; bits &=
  /// bits - 1; }`.
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
