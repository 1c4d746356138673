package snel.target.jvm;

import snel.ir.Program;
import snel.runtime.kernel.Network;

/// Runs programs in this JVM: the reference target, and the one that `snel run` uses.
public final class JvmTarget {
  /// Builds the network of `program` and readies it for its first step.
  ///
  /// @throws snel.runtime.kernel.Fault when a build kernel finds an error
  public Network build(Program program) {
    Memory memory = new Memory(program);
    Builder.build(program, memory);
    return new JvmNetwork(program, memory);
  }
}
