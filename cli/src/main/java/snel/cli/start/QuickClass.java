package snel.cli.start;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// A class that does the same as another and is ready sooner.
///
/// A switch over types is linked when it is first reached, by a hidden class made for it: some two
/// hundred of them in one start. Here each becomes a method that asks for one type after the other.
/// `equals` and `hashCode` of records are linked in the same way, and written out here. Classes in
/// a format older than Java 6 cannot be kept in a cache of the Java machine; they get the format of
/// Java 8, with the stack maps it wants.
final class QuickClass extends ClassVisitor {
  private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";
  private static final String TYPE_SWITCH = "typeSwitch";

  private record Switch(String name, String descriptor, List<Type> types) {}

  private final List<Switch> switches = new ArrayList<>();
  private final List<RecordMethods> records = new ArrayList<>();
  private String owner = "";
  private boolean isInterface;

  private QuickClass(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /// @param content of a class file
  /// @return that of the quicker class
  static byte[] of(byte[] content) {
    ClassReader reader = new ClassReader(content);
    boolean old = (reader.readUnsignedShort(6)) < Opcodes.V1_6;
    ClassWriter writer = old ? new FrameWriter() : new ClassWriter(reader, 0);
    reader.accept(
        old ? new Restamped(writer) : new QuickClass(writer), old ? ClassReader.SKIP_FRAMES : 0);
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    owner = name;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    super.visit(version, access, name, signature, parent, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(
        Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
      @Override
      public void visitInvokeDynamicInsn(
          String called, String type, Handle bootstrap, Object... arguments) {
        if (isTypeSwitch(bootstrap, arguments)) {
          Switch made = declare(type, arguments);
          visitMethodInsn(Opcodes.INVOKESTATIC, owner, made.name(), type, isInterface);
        } else if (RecordMethods.isOne(called, bootstrap)) {
          records.add(new RecordMethods(owner, called, type, arguments));
          visitMethodInsn(Opcodes.INVOKESTATIC, owner, RecordMethods.name(called), type, false);
        } else {
          super.visitInvokeDynamicInsn(called, type, bootstrap, arguments);
        }
      }
    };
  }

  private static boolean isTypeSwitch(Handle bootstrap, Object[] labels) {
    return bootstrap.getOwner().equals(SWITCHES)
        && bootstrap.getName().equals(TYPE_SWITCH)
        && Arrays.stream(labels).allMatch(Type.class::isInstance);
  }

  private Switch declare(String descriptor, Object[] labels) {
    Switch made =
        new Switch(
            "$typeSwitch$" + switches.size(),
            descriptor,
            Arrays.stream(labels).map(Type.class::cast).toList());
    switches.add(made);
    return made;
  }

  @Override
  public void visitEnd() {
    switches.forEach(this::emit);
    records.forEach(made -> made.emit(cv));
    super.visitEnd();
  }

  /// `(Object value, int restart) → index of the first label from restart on that value is an
  /// instance of; -1 for null, the number of labels if there is none`: what
  /// [java.lang.runtime.SwitchBootstraps#typeSwitch] specifies.
  private void emit(Switch made) {
    MethodVisitor code =
        super.visitMethod(
            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
            made.name(),
            made.descriptor(),
            null,
            null);
    code.visitCode();
    Label next = new Label();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitJumpInsn(Opcodes.IFNONNULL, next);
    code.visitInsn(Opcodes.ICONST_M1);
    code.visitInsn(Opcodes.IRETURN);
    for (int index = 0; index < made.types().size(); index++) {
      code.visitLabel(next);
      code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
      next = new Label();
      code.visitVarInsn(Opcodes.ILOAD, 1);
      code.visitIntInsn(Opcodes.SIPUSH, index);
      code.visitJumpInsn(Opcodes.IF_ICMPGT, next);
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitTypeInsn(Opcodes.INSTANCEOF, made.types().get(index).getInternalName());
      code.visitJumpInsn(Opcodes.IFEQ, next);
      code.visitIntInsn(Opcodes.SIPUSH, index);
      code.visitInsn(Opcodes.IRETURN);
    }
    code.visitLabel(next);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitIntInsn(Opcodes.SIPUSH, made.types().size());
    code.visitInsn(Opcodes.IRETURN);
    code.visitMaxs(2, 2);
    code.visitEnd();
  }

  /// A class in the format of Java 8.
  private static final class Restamped extends ClassVisitor {
    Restamped(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String parent,
        String[] interfaces) {
      super.visit(Opcodes.V1_8, access, name, signature, parent, interfaces);
    }
  }

  private static final class FrameWriter extends ClassWriter {
    FrameWriter() {
      super(COMPUTE_FRAMES);
    }

    /// Of classes that are not there (what a library can do without) only that they are objects is
    /// known.
    @Override
    protected String getCommonSuperClass(String first, String second) {
      try {
        return super.getCommonSuperClass(first, second);
      } catch (TypeNotPresentException | LinkageError _) {
        return "java/lang/Object";
      }
    }
  }
}
