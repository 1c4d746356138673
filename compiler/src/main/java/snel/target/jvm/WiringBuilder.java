package snel.target.jvm;

import snel.diagnostics.CompilerBug;
import snel.ir.Build;
import snel.ir.Wiring;

/// Makes the synapses of wirings with the run-time library.
final class WiringBuilder {
  private WiringBuilder() {}

  static void wire(int seed, Wiring wiring, Memory memory) {
    throw new CompilerBug("wiring " + wiring.name() + " cannot be built with seed " + seed);
  }

  static void sortByDelay(Build.SortByDelay sort, Memory memory) {
    throw new CompilerBug("wiring " + sort.wiring().name() + " cannot be sorted");
  }

  static void transpose(Build.Transpose transpose, Memory memory) {
    throw new CompilerBug("wiring " + transpose.wiring().name() + " cannot be transposed");
  }
}
