package snel.target.jvm;

import snel.diagnostics.CompilerBug;
import snel.runtime.kernel.VectorModule;

/// What this machine's vectors are like.
final class VectorHardware {
  private static final int SMALLEST = 128;

  private VectorHardware() {}

  /// Bits of a vector register, 0 if the JVM does not give `jdk.incubator.vector`.
  static int bits() {
    int bits = VectorModule.isPresent() ? preferredBits() : 0;
    return bits >= SMALLEST ? bits : 0;
  }

  /// By reflection: a class that names the module's would keep the JVM from making its cache, in
  /// which only the modules of its start are known.
  private static int preferredBits() {
    try {
      Class<?> shape = Class.forName("jdk.incubator.vector.VectorShape");
      Object preferred = shape.getMethod("preferredShape").invoke(null);
      return (int) shape.getMethod("vectorBitSize").invoke(preferred);
    } catch (ReflectiveOperationException problem) {
      throw new CompilerBug("the module of vectors is not as it was", problem);
    }
  }
}
