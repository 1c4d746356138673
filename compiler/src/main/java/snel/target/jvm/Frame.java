package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Scalar;

/// The local variables of a method that is being emitted: kernel locals by name, and the arrays of
/// the buffers that it uses, which it loads at entry.
final class Frame {
  private record Local(int slot, Scalar type) {}

  final MethodVisitor code;
  private final Map<String, Local> locals = new HashMap<>();
  private final Map<String, Integer> arrays = new HashMap<>();
  private int nextSlot;
  private int temporaries;

  Frame(MethodVisitor code) {
    this.code = code;
  }

  /// Reserves a slot for a local and returns its name's slot.
  int declare(String name, Scalar type) {
    int slot = nextSlot;
    nextSlot += JvmType.of(type).slots;
    locals.put(name, new Local(slot, type));
    return slot;
  }

  /// A fresh name that no kernel can use.
  String temporary() {
    return "$" + temporaries++;
  }

  /// Takes a value off the stack into a fresh local, and returns its name.
  String spill(Scalar type) {
    String name = temporary();
    declare(name, type);
    store(name);
    return name;
  }

  void declareArray(Buffer buffer) {
    arrays.put(buffer.name(), nextSlot);
    code.visitVarInsn(ASTORE, nextSlot);
    nextSlot++;
  }

  /// The next parameter is the array of a buffer.
  void declareArrayParameter(Buffer buffer) {
    arrays.put(buffer.name(), nextSlot++);
  }

  /// Reserves a slot for an object; it is free again when the block is left.
  int declareObject() {
    return nextSlot++;
  }

  boolean hasArray(Buffer buffer) {
    return arrays.containsKey(buffer.name());
  }

  void loadArray(Buffer buffer) {
    code.visitVarInsn(ALOAD, slotOf(arrays.get(buffer.name()), buffer.name()));
  }

  void load(String name) {
    Local local = local(name);
    code.visitVarInsn(JvmType.of(local.type).load, local.slot);
  }

  void store(String name) {
    Local local = local(name);
    code.visitVarInsn(JvmType.of(local.type).store, local.slot);
  }

  int slot(String name) {
    return local(name).slot;
  }

  Scalar type(String name) {
    return local(name).type;
  }

  /// Emits `body` for as long as `index` is below `limit`, and `index += by` after each.
  void emitWhileBelow(String index, String limit, int by, Runnable body) {
    Label test = new Label();
    Label end = new Label();
    code.visitLabel(test);
    load(index);
    load(limit);
    code.visitJumpInsn(IF_ICMPGE, end);
    int mark = enter();
    body.run();
    leave(mark);
    code.visitIincInsn(slot(index), by);
    code.visitJumpInsn(GOTO, test);
    code.visitLabel(end);
  }

  /// Marks the start of a block; give the mark to [#leave] at its end to use its slots again.
  int enter() {
    return nextSlot;
  }

  void leave(int mark) {
    nextSlot = mark;
    locals.values().removeIf(local -> local.slot >= mark);
  }

  private Local local(String name) {
    Local local = locals.get(name);
    if (local == null) {
      throw new IllegalStateException("no local " + name);
    }
    return local;
  }

  private static int slotOf(@org.jspecify.annotations.Nullable Integer slot, String name) {
    if (slot == null) {
      throw new IllegalStateException("no array " + name);
    }
    return slot;
  }
}
