package snel.lower;

import static snel.lower.Emit.convert;
import static snel.lower.Emit.mul;

import java.util.Optional;
import snel.ir.Expr;
import snel.ir.Scalar;
import snel.ir.UnaryOp;
import snel.math.Kind;
import snel.model.Amounts;
import snel.model.Drive;
import snel.model.Endpoint;
import snel.model.Network;
import snel.model.Port;
import snel.model.Projection;

/// Real amounts as whole multiples of 2^-shift, whose sums have no order (semantics.md §3).
record ExactScale(int shift) {
  /// The scale of all that comes to a port with `sum exact`; empty for other ports.
  static Optional<ExactScale> of(Network network, String population, Port port) {
    if (port.sum() != Port.Sum.EXACT || !isReal(port)) {
      return Optional.empty();
    }
    var amounts = amounts(network);
    double largest = 0;
    long fanIn = 0;
    for (Projection projection : network.projections()) {
      if (projection.target() instanceof Endpoint.NeuronPort(var slice, var name)
          && slice.population().equals(population)
          && name.equals(port.name())) {
        largest = Math.max(largest, amounts.largest(projection));
        fanIn += Amounts.fanIn(projection);
      }
    }
    for (Drive drive : network.drives()) {
      if (drive.target().population().equals(population) && drive.port().equals(port.name())) {
        largest = Math.max(largest, Amounts.largest(drive));
        fanIn += Amounts.fanIn(drive);
      }
    }
    return Optional.of(new ExactScale(Amounts.shift(largest, fanIn)));
  }

  /// The scale of a projection whose synapses have `sum exact`; empty for others.
  static Optional<ExactScale> of(Network network, Projection projection, Port port) {
    if (projection.synapse().sum() != Port.Sum.EXACT || !isReal(port)) {
      return Optional.empty();
    }
    double largest = amounts(network).largest(projection);
    return Optional.of(new ExactScale(Amounts.shift(largest, Amounts.fanIn(projection))));
  }

  private static Amounts amounts(Network network) {
    return new Amounts(path ->
        network.projections().stream()
            .filter(p -> p.path().equals(path))
            .findFirst()
            .orElseThrow());
  }

  private static boolean isReal(Port port) {
    return !port.kinds().isEmpty() && port.kinds().get(0) instanceof Kind.Real;
  }

  /// The amount as a whole number (`I64`).
  Expr whole(Expr amount) {
    Expr scaled = mul(convert(Scalar.F64, amount), Expr.f64(StrictMath.scalb(1.0, shift)));
    return convert(Scalar.I64, new Expr.Unary(UnaryOp.RINT, scaled));
  }

  /// A sum as a number of type `real`, rounded once.
  Expr real(Expr sum, Scalar real) {
    Expr rounded = convert(Scalar.F64, convert(real, sum));
    return convert(real, mul(rounded, Expr.f64(StrictMath.scalb(1.0, -shift))));
  }
}
