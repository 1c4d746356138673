package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Buffer;
import snel.ir.Kernel;
import snel.ir.Scalar;
import snel.parallel.DividedStep;
import snel.parallel.EarlyDraws;
import snel.parallel.Section;
import snel.parallel.Span;

/// Emits the methods of [snel.runtime.kernel.DividedKernels] and
/// [snel.runtime.kernel.SpannedKernels].
final class DividedMethods {
  private static final String CHOSEN = "(I)V";

  private final ClassWriter writer;
  private final Fields fields;
  private final Calls calls;

  /// Emits methods that call kernels one after the other, and tells their names.
  interface Calls {
    List<String> of(String name, List<Kernel> kernels);
  }

  DividedMethods(ClassWriter writer, Fields fields, Calls calls) {
    this.writer = writer;
    this.fields = fields;
    this.calls = calls;
  }

  void emit(DividedStep step, Buffer halt) {
    emitCalls("begin", calls.of("b", step.begin()));
    emitCalls("end", calls.of("e", step.end()));
    if (step.span().isPresent()) {
      emit(step.span().get(), halt);
    } else {
      emit(step.sections(), step.parts());
      if (!step.early().isEmpty()) {
        emitEarly(step.early());
      }
    }
  }

  private void emitEarly(List<EarlyDraws> early) {
    MethodVisitor draws = method("drawsEarly", "()Z");
    draws.visitInsn(ICONST_1);
    KernelClass.finish(draws, IRETURN);
    emitChoice("now", CHOSEN, 1, each("w", early, EarlyDraws::now));
    emitChoice("next", CHOSEN, 1, each("x", early, EarlyDraws::next));
    emitChoice("draw", CHOSEN, 1, each("d", early, EarlyDraws::draw));
  }

  private List<List<String>> each(
      String name, List<EarlyDraws> early, Function<EarlyDraws, Kernel> kernel) {
    return IntStream.range(0, early.size())
        .mapToObj(part -> calls.of(name + part + "_", List.of(kernel.apply(early.get(part)))))
        .toList();
  }

  private void emit(List<Section> sections, int parts) {
    List<List<String>> alone = new ArrayList<>();
    List<List<String>> shares = new ArrayList<>();
    List<Boolean> divided = new ArrayList<>();
    for (Section section : sections) {
      alone.add(calls.of("a" + alone.size() + "_", section.alone()));
      section.parts().forEach(part -> shares.add(calls.of("p" + shares.size() + "_", part)));
      divided.add(section.parts().stream().anyMatch(part -> !part.isEmpty()));
    }
    emitNumber("sections", sections.size());
    emitChoice("alone", CHOSEN, 1, alone);
    emitChoice("part", "(II)V", parts, shares);
    emitIsDivided(divided);
  }

  private void emit(Span span, Buffer halt) {
    List<List<String>> heads = new ArrayList<>();
    List<List<String>> nears = new ArrayList<>();
    List<List<String>> tails = new ArrayList<>();
    List<List<String>> forgets = new ArrayList<>();
    for (Span.Part part : span.parts()) {
      String own = heads.size() + "_";
      heads.add(calls.of("h" + own, part.head()));
      nears.add(calls.of("n" + own, part.near()));
      tails.add(calls.of("t" + own, part.tail()));
      forgets.add(calls.of("g" + own, List.of(part.forget())));
    }
    emitNumber("longestSpan", span.most());
    emitChoice("head", CHOSEN, 1, heads);
    emitChoice("near", CHOSEN, 1, nears);
    emitChoice("tail", CHOSEN, 1, tails);
    emitChoice("forget", CHOSEN, 1, forgets);
    emitCalls("take", calls.of("take", span.found()));
    emitIsNotZero("isHalted", "()Z", List.of(halt));
    emitIsNotZero("hasFound", "(I)Z", span.parts().stream().map(Span.Part::stop).toList());
  }

  private MethodVisitor method(String name, String descriptor) {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, name, descriptor, null, null);
    code.visitCode();
    return code;
  }

  private static void invoke(MethodVisitor code, List<String> methods) {
    methods.forEach(
        method -> code.visitMethodInsn(INVOKESTATIC, KernelClass.OWNER, method, "()V", false));
  }

  private void emitCalls(String method, List<String> called) {
    MethodVisitor code = method(method, "()V");
    invoke(code, called);
    KernelClass.finish(code, RETURN);
  }

  private void emitNumber(String method, int number) {
    MethodVisitor code = method(method, "()I");
    Literals.pushInt(code, number);
    KernelClass.finish(code, IRETURN);
  }

  /// A method that calls some of others, chosen by its first argument, of `each` kinds by its
  /// second.
  private void emitChoice(String method, String descriptor, int each, List<List<String>> choices) {
    MethodVisitor code = method(method, descriptor);
    code.visitVarInsn(ILOAD, 1);
    if (descriptor.startsWith("(II)")) {
      Literals.pushInt(code, each);
      code.visitInsn(IMUL);
      code.visitVarInsn(ILOAD, 2);
      code.visitInsn(IADD);
    }
    Label[] cases = cases(code, choices.size());
    for (int number = 0; number < choices.size(); number++) {
      code.visitLabel(cases[number]);
      invoke(code, choices.get(number));
      code.visitInsn(RETURN);
    }
    code.visitLabel(cases[choices.size()]);
    KernelClass.finish(code, RETURN);
  }

  /// Emits a switch and returns its labels, last that of all other numbers.
  private static Label[] cases(MethodVisitor code, int number) {
    Label[] cases = new Label[number + 1];
    Arrays.setAll(cases, _ -> new Label());
    code.visitTableSwitchInsn(0, number - 1, cases[number], Arrays.copyOf(cases, number));
    return cases;
  }

  private void emitIsDivided(List<Boolean> divided) {
    MethodVisitor code = method("isDivided", "(I)Z");
    long bits = 0;
    for (int section = 0; section < divided.size(); section++) {
      bits |= divided.get(section) ? 1L << section : 0;
    }
    Literals.push(code, Scalar.I64, bits);
    code.visitVarInsn(ILOAD, 1);
    code.visitInsn(LUSHR);
    code.visitInsn(L2I);
    code.visitInsn(ICONST_1);
    code.visitInsn(IAND);
    KernelClass.finish(code, IRETURN);
  }

  /// Whether the first element of one of some buffers, chosen by the argument if there is one, is
  /// not 0.
  private void emitIsNotZero(String method, String descriptor, List<Buffer> buffers) {
    MethodVisitor code = method(method, descriptor);
    if (buffers.size() > 1) {
      code.visitVarInsn(ILOAD, 1);
      Label[] cases = cases(code, buffers.size());
      for (int number = 0; number < buffers.size(); number++) {
        code.visitLabel(cases[number]);
        emitIsNotZero(code, buffers.get(number));
      }
      code.visitLabel(cases[buffers.size()]);
      code.visitInsn(ICONST_0);
      KernelClass.finish(code, IRETURN);
    } else {
      emitIsNotZero(code, buffers.getFirst());
      code.visitMaxs(0, 0);
      code.visitEnd();
    }
  }

  private void emitIsNotZero(MethodVisitor code, Buffer buffer) {
    fields.load(code, buffer);
    code.visitInsn(ICONST_0);
    code.visitInsn(IALOAD);
    Label isZero = new Label();
    code.visitJumpInsn(IFEQ, isZero);
    code.visitInsn(ICONST_1);
    code.visitInsn(IRETURN);
    code.visitLabel(isZero);
    code.visitInsn(ICONST_0);
    code.visitInsn(IRETURN);
  }
}
