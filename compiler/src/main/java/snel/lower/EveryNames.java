package snel.lower;

import java.util.List;
import snel.ir.Kernel;
import snel.units.Dimension;
import snel.units.Rational;
import snel.units.Unit;

/// What the kernels of `every` blocks are called, which faults show: `E:every 1 ms`, and the second
/// of this period `E:every 1 ms (2)`.
final class EveryNames {
  private EveryNames() {}

  /// @param path of the population or projection
  /// @param earlier blocks of it
  static String of(String path, long steps, double stepMs, List<Kernel> earlier) {
    Rational period = Rational.of(steps).times(Rational.ofShortest(stepMs));
    String name = path + ":every " + Unit.coherent(Dimension.TIME).show(period);
    long same = earlier.stream().filter(kernel -> kernel.name().startsWith(name)).count();
    return same == 0 ? name : name + " (" + (same + 1) + ")";
  }
}
