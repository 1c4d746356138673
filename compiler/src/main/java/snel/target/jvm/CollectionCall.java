package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Cell;
import snel.ir.Scalar;
import snel.ir.Stmt;
import snel.runtime.kernel.LaneLists;

/// Emits a call of the method of a collection in vectors, of the one that lists lanes one by one or
/// of the one that lists them together ([ListedLanes]), by how many the collection listed last
/// time.
final class CollectionCall {
  /// Vectors of this size can be compressed by an instruction.
  private static final int COMPRESSING = 512;

  /// From one in so many on, lanes that are chosen are listed together.
  private static final int DENSE = 40;

  /// The same where they are looked up.
  private static final int DENSE_LOOKED_UP = 100;

  /// Vectors of fewer lanes are not worth looking up.
  private static final int LEAST_LOOKED_UP = 4;

  private final VectorMethods methods;
  private final Fields fields;
  private final ShapedLoop loop;
  private final LoopShape shape;
  private final Frame frame;
  private final MethodVisitor code;
  private final ExpressionEmitter expressions;
  private final String count;
  private final String from;
  private final String to;
  private final Buffer list;

  /// @param count the local that says how many the collection has listed before
  CollectionCall(
      VectorMethods methods,
      Fields fields,
      ShapedLoop loop,
      Frame frame,
      ExpressionEmitter expressions,
      String count,
      String from,
      String to) {
    this.methods = methods;
    this.fields = fields;
    this.loop = loop;
    this.shape = loop.shape();
    this.frame = frame;
    this.code = frame.code;
    this.expressions = expressions;
    this.count = count;
    this.from = from;
    this.to = to;
    Stmt.Collect collect = (Stmt.Collect) shape.stmt();
    this.list = loop.arrays().get(shape.arrays().indexOf(collect.list()));
  }

  /// Leaves on the stack how many are listed then.
  void emit() {
    if (list.cell() == Cell.I32 && (isCompressed() || shape.lanes() >= LEAST_LOOKED_UP)) {
      emitByDensity();
    } else {
      push();
      methods.call(code, shape, false);
    }
  }

  private boolean isCompressed() {
    return methods.bits() >= COMPRESSING && shape.lanes() > LaneLists.LANES;
  }

  private void emitByDensity() {
    Label rare = new Label();
    Label end = new Label();
    int latest = frame.declareObject();
    fields.loadTable(code, new int[1]);
    code.visitInsn(DUP);
    code.visitVarInsn(ASTORE, latest);
    code.visitInsn(ICONST_0);
    code.visitInsn(IALOAD);
    pushRange();
    Literals.pushInt(code, isCompressed() ? DENSE : DENSE_LOOKED_UP);
    code.visitInsn(IDIV);
    code.visitJumpInsn(IF_ICMPLE, rare);
    emitApart();
    code.visitJumpInsn(GOTO, end);
    code.visitLabel(rare);
    push();
    methods.call(code, shape, false);
    code.visitLabel(end);
    code.visitInsn(DUP);
    frame.load(count);
    code.visitInsn(ISUB);
    String listed = frame.spill(Scalar.I32);
    code.visitVarInsn(ALOAD, latest);
    code.visitInsn(ICONST_0);
    frame.load(listed);
    code.visitInsn(IASTORE);
  }

  /// Lets a list of its own be filled, whose elements are appended to the collection's: whole
  /// vectors are written, and what lies behind the last element is part of the state.
  private void emitApart() {
    int own = frame.declareObject();
    fields.loadLaneLists(code);
    pushRange();
    code.visitMethodInsn(INVOKEVIRTUAL, CallEmitter.LANE_LISTS, "room", "(I)[I", false);
    code.visitVarInsn(ASTORE, own);
    pushArguments(array -> {
      if (array.equals(list)) {
        code.visitVarInsn(ALOAD, own);
      } else {
        methods.push(frame, array);
      }
    });
    code.visitInsn(ICONST_0);
    code.visitInsn(LCONST_0);
    frame.load(from);
    frame.load(to);
    methods.call(code, shape, true);
    String found = frame.spill(Scalar.I32);
    code.visitVarInsn(ALOAD, own);
    code.visitInsn(ICONST_0);
    methods.push(frame, list);
    frame.load(count);
    frame.load(found);
    code.visitMethodInsn(
        INVOKESTATIC,
        "java/lang/System",
        "arraycopy",
        "(Ljava/lang/Object;ILjava/lang/Object;II)V",
        false);
    frame.load(count);
    frame.load(found);
    code.visitInsn(IADD);
  }

  private void push() {
    pushArguments(array -> methods.push(frame, array));
    frame.load(count);
    code.visitInsn(LCONST_0);
    frame.load(from);
    frame.load(to);
  }

  private void pushArguments(Consumer<Buffer> push) {
    loop.arrays().forEach(push);
    loop.arguments().forEach(expressions::push);
  }

  private void pushRange() {
    frame.load(to);
    frame.load(from);
    code.visitInsn(ISUB);
  }
}
