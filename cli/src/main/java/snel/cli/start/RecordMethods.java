package snel.cli.start;

import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// `equals` or `hashCode` of a record, written out as [java.lang.runtime.ObjectMethods] would link
/// it.
record RecordMethods(String owner, String method, String descriptor, List<Handle> components) {
  private static final String OBJECT_METHODS = "java/lang/runtime/ObjectMethods";
  private static final String EQUALS = "equals";
  private static final String HASH_CODE = "hashCode";

  /// @param arguments of the bootstrap: the record, the names of its components, their getters
  RecordMethods(String owner, String method, String descriptor, Object[] arguments) {
    this(
        owner,
        method,
        descriptor,
        Arrays.stream(arguments).skip(2).map(Handle.class::cast).toList());
  }

  static boolean isOne(String method, Handle bootstrap) {
    return bootstrap.getOwner().equals(OBJECT_METHODS)
        && (method.equals(EQUALS) || method.equals(HASH_CODE));
  }

  static String name(String method) {
    return "$" + method;
  }

  void emit(ClassVisitor to) {
    MethodVisitor code =
        to.visitMethod(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            name(method),
            descriptor,
            null,
            null);
    code.visitCode();
    if (method.equals(EQUALS)) {
      emitEquals(code);
    } else {
      emitHashCode(code);
    }
    code.visitEnd();
  }

  private void emitEquals(MethodVisitor code) {
    Label differs = new Label();
    code.visitVarInsn(Opcodes.ALOAD, 1);
    code.visitTypeInsn(Opcodes.INSTANCEOF, owner);
    code.visitJumpInsn(Opcodes.IFEQ, differs);
    for (Handle component : components) {
      Type type = Type.getType(component.getDesc());
      code.visitVarInsn(Opcodes.ALOAD, 0);
      get(code, component);
      code.visitVarInsn(Opcodes.ALOAD, 1);
      code.visitTypeInsn(Opcodes.CHECKCAST, owner);
      get(code, component);
      switch (type.getSort()) {
        case Type.OBJECT, Type.ARRAY -> {
          code.visitMethodInsn(
              Opcodes.INVOKESTATIC,
              "java/util/Objects",
              "equals",
              "(Ljava/lang/Object;Ljava/lang/Object;)Z",
              false);
          code.visitJumpInsn(Opcodes.IFEQ, differs);
        }
        case Type.FLOAT, Type.DOUBLE, Type.LONG -> {
          String each = type.getDescriptor();
          code.visitMethodInsn(
              Opcodes.INVOKESTATIC, box(type), "compare", "(" + each + each + ")I", false);
          code.visitJumpInsn(Opcodes.IFNE, differs);
        }
        default -> code.visitJumpInsn(Opcodes.IF_ICMPNE, differs);
      }
    }
    code.visitInsn(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(differs);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitInsn(Opcodes.ICONST_0);
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(4, 2);
  }

  /// `31 * hash + hash of the component`, from 0.
  private void emitHashCode(MethodVisitor code) {
    code.visitInsn(Opcodes.ICONST_0);
    for (Handle component : components) {
      code.visitIntInsn(Opcodes.BIPUSH, 31);
      code.visitInsn(Opcodes.IMUL);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      get(code, component);
      Type type = Type.getType(component.getDesc());
      boolean reference = type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          reference ? "java/util/Objects" : box(type),
          HASH_CODE,
          reference ? "(Ljava/lang/Object;)I" : "(" + type.getDescriptor() + ")I",
          false);
      code.visitInsn(Opcodes.IADD);
    }
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(3, 1);
  }

  private static void get(MethodVisitor code, Handle component) {
    code.visitFieldInsn(
        Opcodes.GETFIELD, component.getOwner(), component.getName(), component.getDesc());
  }

  private static String box(Type primitive) {
    return switch (primitive.getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.CHAR -> "java/lang/Character";
      case Type.BYTE -> "java/lang/Byte";
      case Type.SHORT -> "java/lang/Short";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      case Type.FLOAT -> "java/lang/Float";
      case Type.DOUBLE -> "java/lang/Double";
      default -> throw new IllegalArgumentException(primitive.getDescriptor());
    };
  }
}
