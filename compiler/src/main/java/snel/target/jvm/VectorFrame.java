package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import snel.diagnostics.CompilerBug;
import snel.ir.Expr;
import snel.ir.Scalar;

/// The vector locals of a loop that is being emitted: those of the program by name, and invariants
/// spread over all lanes before the loop.
final class VectorFrame {
  /// @param type of the lanes; of a mask, the lanes that it was made for
  record Local(int slot, LaneType type, boolean mask) {}

  final Frame frame;
  final MethodVisitor code;
  final int lanes;
  private final Map<String, Local> locals = new HashMap<>();
  private final Map<Expr, Local> invariants = new LinkedHashMap<>();
  private final Map<Expr, String> offsets = new HashMap<>();

  VectorFrame(Frame frame, int lanes) {
    this.frame = frame;
    this.code = frame.code;
    this.lanes = lanes;
  }

  /// Takes the vector or mask on the stack into a local.
  Local keep(LaneType type, boolean mask) {
    int slot = frame.declareObject();
    code.visitVarInsn(ASTORE, slot);
    return new Local(slot, type, mask);
  }

  void declare(String name, Local local) {
    locals.put(name, local);
  }

  Local local(String name) {
    Local local = locals.get(name);
    if (local == null) {
      throw new CompilerBug("no vector local " + name);
    }
    return local;
  }

  boolean isLocal(String name) {
    return locals.containsKey(name);
  }

  void load(Local local) {
    code.visitVarInsn(ALOAD, local.slot);
  }

  void store(Local local) {
    code.visitVarInsn(ASTORE, local.slot);
  }

  /// Evaluates an invariant and keeps it in all lanes; only before the loop.
  void hoist(Expr invariant, ExpressionEmitter expressions) {
    if (invariants.containsKey(invariant)) {
      return;
    }
    LaneType type = LaneType.of(invariant.type());
    boolean mask = invariant.type() == Scalar.BOOL;
    type.pushSpecies(code, lanes);
    expressions.push(invariant);
    if (mask) {
      code.visitMethodInsn(
          INVOKEINTERFACE, LaneType.ROOT + "VectorSpecies", "maskAll", "(Z)" + LaneType.MASK, true);
    } else {
      type.broadcast(code);
    }
    invariants.put(invariant, keep(type, mask));
  }

  Local invariant(Expr expr) {
    Local local = invariants.get(expr);
    if (local == null) {
      throw new CompilerBug("an invariant was not hoisted: " + expr);
    }
    return local;
  }

  /// Evaluates what is added to the loop's index in an index; only before the loop.
  void hoistOffset(Expr offset, ExpressionEmitter expressions) {
    if (!offset.equals(Expr.i32(0)) && !offsets.containsKey(offset)) {
      expressions.push(offset);
      offsets.put(offset, frame.spill(Scalar.I32));
    }
  }

  /// Pushes `index + offset`.
  void pushPlace(String index, Expr offset) {
    frame.load(index);
    String local = offsets.get(offset);
    if (local != null) {
      frame.load(local);
      code.visitInsn(IADD);
    }
  }
}
