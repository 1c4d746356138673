package snel.target.jvm;

import static org.objectweb.asm.Opcodes.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import snel.ir.Kernel;

/// Emits kernels as static methods. C2 treats a method of one loop best, so each loop of a kernel
/// that has several becomes a method of its own.
final class KernelMethods {
  private final KernelMethod.Setting setting;
  private final Map<SharedMethod, String> sharedMethods = new HashMap<>();

  KernelMethods(KernelMethod.Setting setting) {
    this.setting = setting;
  }

  /// Emits the kernel as a method `()V` of this name.
  void emit(Kernel kernel, String method) {
    new KernelMethod(setting, method, List.of(), List.of(), kernel.body()).emit(kernel.body());
  }

  /// Emits what a kernel shares with others as the method that it calls.
  void emit(SharedKernel.Use use, String method) {
    MethodVisitor code =
        setting.writer().visitMethod(ACC_PRIVATE | ACC_STATIC, method, "()V", null, null);
    code.visitCode();
    use.arrays().forEach(buffer -> setting.fields().load(code, buffer));
    use.arguments().forEach(number -> Literals.push(code, number.type(), number.bits()));
    SharedKernel shared = use.shared();
    code.visitMethodInsn(INVOKESTATIC, setting.owner(), method(shared), descriptor(shared), false);
    code.visitInsn(RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private record SharedMethod(SharedKernel kernel, String thread) {}

  /// The method of a shared kernel, which takes its arrays and then its numbers.
  String method(SharedKernel shared) {
    SharedMethod wanted = new SharedMethod(shared, setting.fields().thread());
    String known = sharedMethods.get(wanted);
    if (known != null) {
      return known;
    }
    String name = "ks" + sharedMethods.size();
    sharedMethods.put(wanted, name);
    new KernelMethod(setting, name, shared.arrays(), shared.parameters(), shared.body())
        .emit(shared.body());
    return name;
  }

  static String descriptor(SharedKernel shared) {
    return KernelMethod.descriptor(shared.arrays(), shared.parameters());
  }
}
