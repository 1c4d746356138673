package snel.target.jvm;

import snel.ir.Clock;
import snel.ir.Program;
import snel.runtime.kernel.Fault;

/// What kernels report: a bit in `halt[0]`, and the details in `fault`.
final class Faults {
  private Faults() {}

  static void check(Program program, Memory memory) {
    if ((((int[]) memory.array(Clock.HALT))[0] & Clock.HALT_FAULT) == 0) {
      return;
    }
    long[] fault = (long[]) memory.array(Clock.FAULT);
    long site = fault[1];
    String place =
        site >= 0 && site < program.faultSites().size()
            ? program.faultSites().get((int) site)
            : program.name();
    throw new Fault(Fault.Kind.ofCode(fault[0]), place, fault[2]);
  }
}
