package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import snel.ir.Buffer;
import snel.ir.Clock;
import snel.ir.Kernel;
import snel.ir.Nodes;
import snel.ir.Program;
import snel.ir.Wiring;
import snel.parallel.DividedStep;
import snel.runtime.kernel.CompiledKernels;
import snel.runtime.kernel.DividedKernels;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.SpannedKernels;
import snel.runtime.kernel.TooManyParts;

/// One hidden class of kernels.
final class KernelClass {
  static final String OWNER = "snel/target/jvm/Kernels";

  /// Calls in one method: few enough that the compiler sees them all.
  private static final int CALLS_PER_METHOD = 100;

  private static final int CASES_PER_METHOD = 1_000;

  private final Program program;
  private final ClassWriter writer;
  private final Fields fields;
  private final VectorMethods vectors;
  private final KernelMethods methods;
  private final Map<Buffer, Wiring> shared;
  private final MaskTables masks;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Kernel> kernels = new ArrayList<>();
  private final Map<String, SharedKernel.Use> uses = new HashMap<>();
  private final List<DividedStep> divisions = new ArrayList<>();

  /// In scalar code.
  KernelClass(Program program, Map<String, Object> arrays) {
    this(program, arrays, 0, new long[1]);
  }

  /// @param vectorBits size of the vectors to use, 0 for scalar code
  /// @param epoch counted up whenever an array may have changed other than by steps or the kernel
  ///   that runs
  KernelClass(Program program, Map<String, Object> arrays, int vectorBits, long[] epoch) {
    this.program = program;
    this.writer = new FrameComputingWriter();
    writer.visit(
        V25,
        ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC,
        OWNER,
        null,
        "java/lang/Object",
        Stream.of(CompiledKernels.class, DividedKernels.class, SpannedKernels.class)
            .map(Type::getInternalName)
            .toArray(String[]::new));
    this.fields = new Fields(writer, OWNER, arrays, epoch);
    this.vectors = new VectorMethods(writer, OWNER, fields, program.seed(), vectorBits);
    this.shared = PatchLoop.wirings(program.build());
    this.masks = new MaskTables(program.build());
    this.methods =
        new KernelMethods(
            new KernelMethod.Setting(
                writer,
                OWNER,
                fields,
                program.seed(),
                vectors,
                new LibraryLoops.Facts(
                    written(program.step()),
                    written(program.scheduled()),
                    masks,
                    shared,
                    pools(program),
                    new FreshSums(program))));
  }

  /// Whose targets stay what they are once the network is built.
  private static Map<Buffer, PoolLoop.Shape> pools(Program program) {
    Map<Buffer, PoolLoop.Shape> pools = PoolLoop.pools(program.build());
    pools.keySet().removeAll(written(program.kernels()));
    return pools;
  }

  static Set<Buffer> written(List<Kernel> kernels) {
    Set<Buffer> written = new HashSet<>();
    kernels.forEach(
        kernel -> Nodes.eachStatement(kernel.body(), stmt -> written.addAll(Nodes.written(stmt))));
    return written;
  }

  /// Adds a kernel unless one of its name is there, and returns its number.
  int add(Kernel kernel) {
    Integer known = numbers.get(kernel.name());
    if (known != null) {
      return known;
    }
    int number = names.size();
    names.add(kernel.name());
    kernels.add(kernel);
    numbers.put(kernel.name(), number);
    SharedKernel.Use use = uses.get(kernel.name());
    if (use == null) {
      methods.emit(kernel, method(number));
    } else {
      methods.emit(use, method(number));
    }
    return number;
  }

  /// Lets those of these kernels that are much alike share a method. None of them may be added
  /// before.
  void share(List<Kernel> kernels) {
    uses.putAll(
        SharedKernel.of(
            kernels.stream()
                .filter(kernel -> !PatchLoop.isIn(kernel, shared))
                .filter(kernel -> vectors.bits() == 0 || !ConvBackLoop.isIn(kernel))
                .filter(kernel -> !masks.isIn(kernel))
                .toList()));
  }

  /// Lets the class also do its step divided between threads, which share no scratch: only kernels
  /// of one thread, or of one part, share methods.
  void divide(DividedStep divided) {
    masks.add(divided.limits());
    divisions.add(divided);
    share(divided.byFirst());
    divided.byFirst().forEach(this::add);
    for (int part = 0; part < divided.parts(); part++) {
      List<Kernel> kernels = divided.of(part);
      share(kernels);
      fields.separate("part " + part);
      kernels.forEach(this::add);
    }
    fields.separate("");
  }

  private static String method(int number) {
    return "k" + number;
  }

  /// The number of each kernel by name.
  Map<String, Integer> numbers() {
    return Map.copyOf(numbers);
  }

  /// The numbers of the kernels that change what there are copies of.
  BitSet outdating() {
    BitSet found = new BitSet();
    for (int number = 0; number < kernels.size(); number++) {
      found.set(
          number,
          written(List.of(kernels.get(number))).stream()
              .anyMatch(buffer -> fields.copied().contains(buffer.name())));
    }
    return found;
  }

  /// Bytes of the class, whose `step` runs `steps` in order. Nothing can be added after this.
  ///
  /// @throws TooManyParts if it is larger than classes may be
  byte[] bytes(List<Kernel> steps) {
    emitConstructor(writer);
    emitStep(steps.stream().map(this::add).toList());
    emitAdvance();
    emitRun();
    emitCall();
    DividedMethods divided = new DividedMethods(writer, fields, this::emitSection);
    divisions.forEach(step -> divided.emit(step, program.buffer(Clock.HALT)));
    vectors.emitWarmUp();
    fields.emitInitialiser();
    writer.visitEnd();
    try {
      return writer.toByteArray();
    } catch (ClassTooLargeException e) {
      throw new TooManyParts(names.size(), fields.data().length);
    }
  }

  /// Defines the class and makes its one object.
  CompiledKernels define(List<Kernel> steps) {
    return (CompiledKernels) define(bytes(steps), fields.data());
  }

  /// The one object of a class that is defined for it.
  static Object define(byte[] bytes, Object[] data) {
    try {
      return MethodHandles.lookup()
          .defineHiddenClassWithClassData(bytes, data, true)
          .lookupClass()
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("generated class is not accepted", e);
    }
  }

  static void emitConstructor(ClassWriter writer) {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
    code.visitCode();
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    finish(code, RETURN);
  }

  private void emitStep(List<Integer> kernels) {
    List<String> parts = emitInParts("s", kernels);
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "step", "()V", null, null);
    code.visitCode();
    parts.forEach(part -> invoke(code, part));
    finish(code, RETURN);
  }

  /// Emits methods that call the kernels and returns their names.
  private List<String> emitInParts(String name, List<Integer> kernels) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < kernels.size(); from += CALLS_PER_METHOD) {
      int to = Math.min(from + CALLS_PER_METHOD, kernels.size());
      String part = name + parts.size();
      emitStepPart(part, kernels.subList(from, to));
      parts.add(part);
    }
    return parts;
  }

  private List<String> emitSection(String name, List<Kernel> kernels) {
    return emitInParts(name, kernels.stream().map(this::add).toList());
  }

  /// Calls kernels; an arithmetic exception becomes a fault that names the kernel.
  private void emitStepPart(String name, List<Integer> kernels) {
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
    finish(code, ATHROW);
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
  private void emitAdvance() {
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
    finish(code, IRETURN);
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
  private void emitRun() {
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
    code.visitMethodInsn(INVOKEVIRTUAL, OWNER, "step", "()V", false);
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
    finish(code, LRETURN);
  }

  private void emitCall() {
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
      code.visitMethodInsn(INVOKESTATIC, OWNER, cases(from), "(I)V", false);
      code.visitInsn(RETURN);
      code.visitLabel(later);
    }
    finish(code, RETURN);
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
    finish(code, ATHROW);
  }

  private static void invoke(MethodVisitor code, String method) {
    code.visitMethodInsn(INVOKESTATIC, OWNER, method, "()V", false);
  }

  private static void finish(MethodVisitor code, int opcode) {
    code.visitInsn(opcode);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /// Computes stack map frames without loading a class: the only objects are arrays and exceptions
  /// that never meet another class.
  static final class FrameComputingWriter extends ClassWriter {
    FrameComputingWriter() {
      super(COMPUTE_FRAMES | COMPUTE_MAXS);
    }

    @Override
    protected String getCommonSuperClass(String first, String second) {
      return "java/lang/Object";
    }
  }
}
