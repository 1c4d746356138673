package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Program;
import snel.runtime.kernel.Fault;

/// The methods of a class of kernels that call them: all of a step in turn, steps until one halts,
/// one by its number.
final class DriverMethods {
  /// Calls in one method: few enough that the compiler sees them all.
  private static final int CALLS_PER_METHOD = 100;

  private static final int CASES_PER_METHOD = 1_000;

  private final ClassWriter writer;
  private final Fields fields;
  private final Program program;
  private final List<String> names;

  /// @param names of all kernels, each at its number
  DriverMethods(ClassWriter writer, Fields fields, Program program, List<String> names) {
    this.writer = writer;
    this.fields = fields;
    this.program = program;
    this.names = names;
  }

  /// The method of a kernel.
  static String method(int number) {
    return "k" + number;
  }

  void step(List<Integer> kernels) {
    List<String> parts = inParts("s", kernels);
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "step", "()V", null, null);
    code.visitCode();
    parts.forEach(part -> invoke(code, part));
    KernelClass.finish(code, RETURN);
  }

  /// Emits methods that call the kernels and returns their names.
  List<String> inParts(String name, List<Integer> kernels) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < kernels.size(); from += CALLS_PER_METHOD) {
      int to = Math.min(from + CALLS_PER_METHOD, kernels.size());
      String part = name + parts.size();
      emitPart(part, kernels.subList(from, to));
      parts.add(part);
    }
    return parts;
  }

  /// Calls kernels; an arithmetic exception becomes a fault that names the kernel.
  private void emitPart(String name, List<Integer> kernels) {
    MethodVisitor code = writer.visitMethod(ACC_PRIVATE | ACC_STATIC, name, "()V", null, null);
    code.visitCode();
    int at = 0;
    code.visitInsn(ICONST_0);
    code.visitVarInsn(ISTORE, at);
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitTryCatchBlock(start, end, handler, "java/lang/ArithmeticException");
    code.visitLabel(start);
    for (int kernel : kernels) {
      Literals.pushInt(code, kernel);
      code.visitVarInsn(ISTORE, at);
      invoke(code, method(kernel));
    }
    code.visitLabel(end);
    code.visitInsn(RETURN);
    emitFault(code, handler, at);
    KernelClass.finish(code, ATHROW);
  }

  /// @param at the local that holds the number of the kernel
  private void emitFault(MethodVisitor code, Label handler, int at) {
    code.visitLabel(handler);
    fields.loadNames(code, names);
    code.visitVarInsn(ILOAD, at);
    code.visitMethodInsn(INVOKEINTERFACE, "java/util/List", "get", "(I)Ljava/lang/Object;", true);
    code.visitTypeInsn(CHECKCAST, "java/lang/String");
    code.visitMethodInsn(
        INVOKESTATIC,
        Type.getInternalName(Fault.class),
        "of",
        "(Ljava/lang/ArithmeticException;Ljava/lang/String;)" + Type.getDescriptor(Fault.class),
        false);
  }

  /// `clock…++; return halt[0] != 0;`.
  void advance() {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "advance", "()Z", null, null);
    code.visitCode();
    advanceClock(code);
    fields.load(code, program.buffer(Clock.HALT));
    code.visitInsn(ICONST_0);
    code.visitInsn(IALOAD);
    Label none = new Label();
    code.visitJumpInsn(IFEQ, none);
    code.visitInsn(ICONST_1);
    code.visitInsn(IRETURN);
    code.visitLabel(none);
    code.visitInsn(ICONST_0);
    KernelClass.finish(code, IRETURN);
  }

  private void advanceClock(MethodVisitor code) {
    Buffer clock = program.buffer(Clock.NAME);
    for (int counter : new int[] {Clock.STEP, Clock.EPISODE_STEP, Clock.TIME}) {
      fields.load(code, clock);
      Literals.pushInt(code, counter);
      code.visitInsn(DUP2);
      code.visitInsn(LALOAD);
      code.visitInsn(LCONST_1);
      code.visitInsn(LADD);
      code.visitInsn(LASTORE);
    }
  }

  /// `done = 0; while (done < steps) { step(); clock…++; done++; if (halt[0] != 0) break; }`.
  void run() {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "run", "(J)J", null, null);
    code.visitCode();
    int done = 3;
    code.visitInsn(LCONST_0);
    code.visitVarInsn(LSTORE, done);
    Label test = new Label();
    Label end = new Label();
    code.visitLabel(test);
    code.visitVarInsn(LLOAD, done);
    code.visitVarInsn(LLOAD, 1);
    code.visitInsn(LCMP);
    code.visitJumpInsn(IFGE, end);
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(INVOKEVIRTUAL, KernelClass.OWNER, "step", "()V", false);
    advanceClock(code);
    code.visitVarInsn(LLOAD, done);
    code.visitInsn(LCONST_1);
    code.visitInsn(LADD);
    code.visitVarInsn(LSTORE, done);
    fields.load(code, program.buffer(Clock.HALT));
    code.visitInsn(ICONST_0);
    code.visitInsn(IALOAD);
    code.visitJumpInsn(IFEQ, test);
    code.visitLabel(end);
    code.visitVarInsn(LLOAD, done);
    KernelClass.finish(code, LRETURN);
  }

  void call() {
    for (int from = 0; from < names.size(); from += CASES_PER_METHOD) {
      emitCases(from, Math.min(from + CASES_PER_METHOD, names.size()));
    }
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "call", "(I)V", null, null);
    code.visitCode();
    for (int from = 0; from < names.size(); from += CASES_PER_METHOD) {
      Label later = new Label();
      code.visitVarInsn(ILOAD, 1);
      Literals.pushInt(code, from + CASES_PER_METHOD);
      code.visitJumpInsn(IF_ICMPGE, later);
      code.visitVarInsn(ILOAD, 1);
      code.visitMethodInsn(INVOKESTATIC, KernelClass.OWNER, cases(from), "(I)V", false);
      code.visitInsn(RETURN);
      code.visitLabel(later);
    }
    KernelClass.finish(code, RETURN);
  }

  private static String cases(int from) {
    return "c" + from;
  }

  /// Emits a method that calls one of the kernels with these numbers.
  private void emitCases(int from, int to) {
    MethodVisitor code =
        writer.visitMethod(ACC_PRIVATE | ACC_STATIC, cases(from), "(I)V", null, null);
    code.visitCode();
    int at = 0;
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    Label unknown = new Label();
    Label[] cases = new Label[to - from];
    Arrays.setAll(cases, _ -> new Label());
    code.visitTryCatchBlock(start, end, handler, "java/lang/ArithmeticException");
    code.visitLabel(start);
    code.visitVarInsn(ILOAD, at);
    code.visitTableSwitchInsn(from, to - 1, unknown, cases);
    for (int number = from; number < to; number++) {
      code.visitLabel(cases[number - from]);
      invoke(code, method(number));
      code.visitInsn(RETURN);
    }
    code.visitLabel(unknown);
    code.visitInsn(RETURN);
    code.visitLabel(end);
    emitFault(code, handler, at);
    KernelClass.finish(code, ATHROW);
  }

  private static void invoke(MethodVisitor code, String method) {
    code.visitMethodInsn(INVOKESTATIC, KernelClass.OWNER, method, "()V", false);
  }
}
