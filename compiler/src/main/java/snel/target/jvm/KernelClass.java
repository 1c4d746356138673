package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
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
import snel.runtime.kernel.SpannedKernels;
import snel.runtime.kernel.TooLongKernel;
import snel.runtime.kernel.TooManyParts;

/// One hidden class of kernels.
final class KernelClass {
  static final String OWNER = "snel/target/jvm/Kernels";

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
                    Nodes.writtenBy(program.step()),
                    Nodes.writtenBy(program.scheduled()),
                    masks,
                    shared,
                    pools(program),
                    new FreshSums(program)),
                false));
  }

  /// Whose targets stay what they are once the network is built.
  private static Map<Buffer, PoolLoop.Shape> pools(Program program) {
    Map<Buffer, PoolLoop.Shape> pools = PoolLoop.pools(program.build());
    pools.keySet().removeAll(Nodes.writtenBy(program.kernels()));
    return pools;
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
      methods.emit(kernel, DriverMethods.method(number));
    } else {
      methods.emit(use, DriverMethods.method(number));
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

  /// States are looked through in vectors, too.
  void checkStates() {
    vectors.useFinite();
  }

  private List<Integer> addAll(List<Kernel> kernels) {
    return kernels.stream().map(this::add).toList();
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
          Nodes.writtenIn(kernels.get(number).body()).stream()
              .anyMatch(buffer -> fields.copied().contains(buffer.name())));
    }
    return found;
  }

  /// Bytes of the class, whose `step` runs `steps` in order. Nothing can be added after this.
  ///
  /// @throws TooManyParts if it is larger than classes may be
  byte[] bytes(List<Kernel> steps) {
    emitConstructor(writer);
    DriverMethods drivers = new DriverMethods(writer, fields, program, names);
    drivers.step(addAll(steps));
    drivers.advance();
    drivers.run();
    drivers.call();
    DividedMethods divided =
        new DividedMethods(writer, fields, (name, part) -> drivers.inParts(name, addAll(part)));
    divisions.forEach(step -> divided.emit(step, program.buffer(Clock.HALT)));
    vectors.emitWarmUp();
    fields.emitInitialiser();
    writer.visitEnd();
    try {
      return writer.toByteArray();
    } catch (ClassTooLargeException e) {
      throw new TooManyParts(names.size(), fields.data().length);
    } catch (MethodTooLargeException e) {
      throw new TooLongKernel(kernelOf(e.getMethodName()));
    }
  }

  /// The kernel, by its number in the name of a method (`k12_3`).
  private String kernelOf(String method) {
    int number = Integer.parseInt(method.replaceAll("\\D*(\\d+).*", "$1"));
    return names.get(number);
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

  static void finish(MethodVisitor code, int opcode) {
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
