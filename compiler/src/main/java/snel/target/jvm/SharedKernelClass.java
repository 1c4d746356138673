package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;
import snel.ir.Buffer;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.ir.Scalar;
import snel.runtime.connect.Side;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.SharedKernels;

/// One hidden class of what the build kernels of a program share, with the way to call them: their
/// arrays come into being one after the other, so that no class could hold them all.
final class SharedKernelClass {
  private static final String OWNER = "snel/target/jvm/Kernels";

  private final Map<String, SharedKernel.Use> uses;
  private final Map<SharedKernel, Integer> numbers = new LinkedHashMap<>();
  private final Set<String> rowWise = new HashSet<>();
  private final Set<SharedKernel> alone = new HashSet<>();
  private final SharedKernels compiled;

  SharedKernelClass(List<Kernel> kernels, int seed) {
    this.uses = SharedKernel.of(kernels, 1);
    kernels.stream().filter(RowWise::is).map(Kernel::name).forEach(rowWise::add);
    uses.values().forEach(use -> numbers.putIfAbsent(use.shared(), numbers.size()));
    this.compiled = define(seed);
  }

  /// Whether the kernel is one of those.
  boolean has(Kernel kernel) {
    return uses.containsKey(kernel.name());
  }

  void run(Kernel kernel, Memory memory) {
    SharedKernel.Use use = uses.get(kernel.name());
    if (use == null) {
      throw new IllegalArgumentException("not shared: " + kernel.name());
    }
    Object[] arrays = use.arrays().stream().map(buffer -> memory.array(buffer.name())).toArray();
    long[] arguments = use.arguments().stream().mapToLong(number -> number.bits()).toArray();
    int number = numbers.getOrDefault(use.shared(), -1);
    try {
      if (rowWise.contains(kernel.name()) && !alone.contains(use.shared())) {
        runRows(number, arrays, arguments);
      } else {
        compiled.call(number, arrays, arguments);
      }
    } catch (ArithmeticException e) {
      throw Fault.of(e, kernel.name());
    }
  }

  /// The first two numbers of such a kernel are its first row and where its rows end.
  private void runRows(int number, Object[] arrays, long[] arguments) {
    int first = (int) arguments[0];
    long synapses = 0;
    for (Object array : arrays) {
      synapses = Math.max(synapses, Array.getLength(array));
    }
    Side.bySide(
        (int) arguments[1] - first,
        synapses,
        (from, to) -> {
          long[] some = arguments.clone();
          some[0] = first + from;
          some[1] = first + to;
          compiled.call(number, arrays, some);
        });
  }

  private SharedKernels define(int seed) {
    ClassWriter writer = new KernelClass.FrameComputingWriter();
    writer.visit(
        V25,
        ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC,
        OWNER,
        null,
        "java/lang/Object",
        new String[] {Type.getInternalName(SharedKernels.class)});
    Fields fields = new Fields(writer, OWNER, Map.of(), new long[1]);
    VectorMethods vectors = new VectorMethods(writer, OWNER, fields, seed, 0);
    KernelMethods methods =
        new KernelMethods(
            new KernelMethod.Setting(
                writer,
                OWNER,
                fields,
                seed,
                vectors,
                new LibraryLoops.Facts(
                    Set.of(),
                    Set.of(),
                    new MaskTables(List.of()),
                    Map.of(),
                    Map.of(),
                    new FreshSums(Program.empty(1))),
                true));
    KernelClass.emitConstructor(writer);
    emitCall(writer, methods, fields);
    fields.emitInitialiser();
    writer.visitEnd();
    return (SharedKernels) KernelClass.define(writer.toByteArray(), fields.data());
  }

  private void emitCall(ClassWriter writer, KernelMethods methods, Fields fields) {
    MethodVisitor code =
        writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "call", "(I[Ljava/lang/Object;[J)V", null, null);
    code.visitCode();
    Label[] cases = new Label[numbers.size()];
    Arrays.setAll(cases, _ -> new Label());
    Label unknown = new Label();
    if (cases.length > 0) {
      code.visitVarInsn(ILOAD, 1);
      code.visitTableSwitchInsn(0, cases.length - 1, unknown, cases);
    }
    int number = 0;
    for (SharedKernel shared : numbers.keySet()) {
      code.visitLabel(cases[number++]);
      pushArrays(code, shared.arrays());
      pushNumbers(code, shared.parameters());
      int before = fields.scratches();
      String method = methods.method(shared);
      if (fields.scratches() != before) {
        alone.add(shared);
      }
      code.visitMethodInsn(INVOKESTATIC, OWNER, method, KernelMethods.descriptor(shared), false);
      code.visitInsn(RETURN);
    }
    code.visitLabel(unknown);
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void pushArrays(MethodVisitor code, List<Buffer> arrays) {
    for (int index = 0; index < arrays.size(); index++) {
      code.visitVarInsn(ALOAD, 2);
      Literals.pushInt(code, index);
      code.visitInsn(AALOAD);
      code.visitTypeInsn(CHECKCAST, ArrayType.of(arrays.get(index).cell()).descriptor);
    }
  }

  private static void pushNumbers(MethodVisitor code, List<FreeLocals.Local> parameters) {
    for (int index = 0; index < parameters.size(); index++) {
      code.visitVarInsn(ALOAD, 3);
      Literals.pushInt(code, index);
      code.visitInsn(LALOAD);
      Scalar type = parameters.get(index).type();
      if (JvmType.of(type).slots == 1) {
        code.visitInsn(L2I);
      }
      switch (type) {
        case F32 ->
            code.visitMethodInsn(INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
        case F64 ->
            code.visitMethodInsn(
                INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
        case BOOL, I32, I64 -> {}
      }
    }
  }
}
