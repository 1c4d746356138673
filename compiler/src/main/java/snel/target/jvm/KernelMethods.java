package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// Emits kernels as static methods. C2 treats a method of one loop best, so each loop of a kernel
/// that has several becomes a method of its own.
final class KernelMethods {
  private final ClassWriter writer;
  private final String owner;
  private final Fields fields;
  private final int seed;

  KernelMethods(ClassWriter writer, String owner, Fields fields, int seed) {
    this.writer = writer;
    this.owner = owner;
    this.fields = fields;
    this.seed = seed;
  }

  /// Emits the kernel as a method `()V` of this name.
  void emit(Kernel kernel, String method) {
    List<Stmt> body = kernel.body();
    long loops = body.stream().filter(KernelMethods::isLoop).count();
    emitMethod(method, List.of(), body, loops > 1);
  }

  private void emitMethod(
      String name, List<FreeLocals.Local> parameters, List<Stmt> body, boolean outline) {
    MethodVisitor code =
        writer.visitMethod(ACC_PRIVATE | ACC_STATIC, name, descriptor(parameters), null, null);
    code.visitCode();
    Frame frame = new Frame(code);
    parameters.forEach(local -> frame.declare(local.name(), local.type()));
    List<Stmt> own = outline ? body.stream().filter(stmt -> !isOutlined(stmt)).toList() : body;
    for (Buffer buffer : Nodes.buffers(own)) {
      fields.load(code, buffer);
      frame.declareArray(buffer);
    }
    ExpressionEmitter expressions = new ExpressionEmitter(frame, seed);
    StatementEmitter statements =
        new StatementEmitter(frame, expressions, new ReductionEmitter(frame, expressions, fields));
    int outlined = 0;
    for (Stmt stmt : body) {
      if (outline && isOutlined(stmt)) {
        List<FreeLocals.Local> free = FreeLocals.read(List.of(stmt));
        String inner = name + "_" + outlined++;
        free.forEach(local -> frame.load(local.name()));
        code.visitMethodInsn(INVOKESTATIC, owner, inner, descriptor(free), false);
        emitMethod(inner, free, List.of(stmt), false);
      } else {
        statements.emit(stmt);
      }
    }
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static boolean isLoop(Stmt stmt) {
    return stmt instanceof Stmt.Loop || stmt instanceof Stmt.Collect || stmt instanceof Stmt.While;
  }

  private static boolean isOutlined(Stmt stmt) {
    return isLoop(stmt) && FreeLocals.assigned(List.of(stmt)).isEmpty();
  }

  private static String descriptor(List<FreeLocals.Local> parameters) {
    StringBuilder text = new StringBuilder("(");
    parameters.forEach(local -> text.append(JvmType.of(local.type()).descriptor));
    return text.append(")V").toString();
  }
}
