package snel.target.jvm;

import jdk.incubator.vector.VectorShape;

/// What this machine's vectors are like.
final class VectorHardware {
  private VectorHardware() {}

  /// Bits of a vector register, 0 if the JVM was started without `jdk.incubator.vector`.
  static int bits() {
    boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return present ? Present.bits() : 0;
  }

  /// Apart, so that it is linked only where the module is present.
  private static final class Present {
    static int bits() {
      int bits = VectorShape.preferredShape().vectorBitSize();
      return bits >= 128 ? bits : 0;
    }
  }
}
