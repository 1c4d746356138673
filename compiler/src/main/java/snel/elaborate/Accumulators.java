package snel.elaborate;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Kind;
import snel.model.Amounts;
import snel.model.Drive;
import snel.model.Endpoint;
import snel.model.Population;
import snel.model.Port;
import snel.model.Projection;
import snel.source.Span;

/// What arrives at a fixed-point port in one step is added up in 32 bits: no such sum may need more
/// (semantics.md §13, E0417).
final class Accumulators {
  private static final int BITS = 32;

  private final Context context;
  private final List<Projection> projections;
  private final List<Drive> drives;

  Accumulators(Context context, List<Projection> projections, List<Drive> drives) {
    this.context = context;
    this.projections = projections;
    this.drives = drives;
  }

  void check(List<Population> populations) {
    for (Population population : populations) {
      for (Port port : population.ports()) {
        if (!port.kinds().isEmpty() && port.kinds().getFirst() instanceof Kind.Fixed fixed) {
          check(population.path(), port.name(), fixed);
        }
      }
    }
  }

  private void check(String population, String port, Kind.Fixed fixed) {
    var amounts =
        new Amounts(path ->
            projections.stream().filter(p -> p.path().equals(path)).findFirst().orElseThrow());
    double sum = 0;
    Optional<Span> last = Optional.empty();
    for (Projection projection : projections) {
      if (projection.target() instanceof Endpoint.NeuronPort(var slice, var name)
          && slice.population().equals(population)
          && name.equals(port)) {
        sum += Amounts.fanIn(projection) * raw(amounts.largest(projection), fixed);
        last = Optional.of(projection.span());
      }
    }
    for (Drive drive : drives) {
      if (drive.target().population().equals(population) && drive.port().equals(port)) {
        sum += Amounts.fanIn(drive) * raw(Amounts.largest(drive), fixed);
        last = Optional.of(drive.span());
      }
    }
    if (sum >= Math.scalb(1.0, BITS - 1)) {
      context.fault(
          Diagnostic.of(
                  Code.ACCUMULATOR_OVERFLOW,
                  "what arrives at `"
                      + population
                      + "."
                      + port
                      + "` in one step may need "
                      + (Math.getExponent(sum) + 2)
                      + " bits; it is added up in "
                      + BITS,
                  last.orElseThrow())
              .help("bound the weights (`weight w : real in 0 .. 1`), or connect fewer neurons"));
    }
  }

  /// The largest raw number of an amount, which saturates as it is delivered.
  private static double raw(double largest, Kind.Fixed fixed) {
    double scaled = largest / fixed.unit().toDouble() * Math.scalb(1.0, fixed.fraction());
    return Math.min(Math.rint(scaled), Math.scalb(1.0, fixed.width() - 1));
  }
}
