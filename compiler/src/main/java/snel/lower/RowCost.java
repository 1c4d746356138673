package snel.lower;

import java.util.Optional;
import snel.ir.Cell;
import snel.math.Expr;
import snel.model.Connection;
import snel.model.Projection;
import snel.model.WeightSource;

/// What the synapses of one projection cost in bytes if they are stored, and in time if they are
/// drawn again at every spike.
///
/// @param synapses made on the average
/// @param bytes stored: targets, weights and delays
/// @param nanos of one synaptic event whose synapse is drawn again
record RowCost(long synapses, long bytes, double nanos) {
  /// Reading a stored row: 16-bit targets and a counter in the first-level cache, measured 0.7 –
  /// 1.0 ns an event in a network of 15.6 million synapses, whose rows come from main memory.
  static final double STORED_NANOS = 1;

  /// A step along a drawn row: a quarter of a Philox block, the look-up of a distance and the
  /// counter.
  static final double ROW_NANOS = 8;

  /// A partner among a fixed number: half a block, and its place in the sorted row.
  static final double PARTNER_NANOS = 14;

  /// A weight or delay that is drawn: a block of its own and its transformation.
  static final double VALUE_NANOS = 30;

  /// What one array of a target holds: more synapses than this cannot be stored.
  static final long MOST_STORED = Integer.MAX_VALUE - 8L;

  static RowCost of(Projection projection, long synapses, int realBytes) {
    int targets = projection.target().neurons().map(s -> s.size()).orElse(0);
    boolean all = projection.connection() instanceof Connection.All;
    boolean partners = projection.connection() instanceof Connection.FixedOutdegree;
    long each = all ? 0 : targets <= 65_536 ? Cell.U16.bytes() : Cell.I32.bytes();
    double nanos = all ? STORED_NANOS : partners ? PARTNER_NANOS : ROW_NANOS;
    if (projection.weight() instanceof WeightSource.Value(var e) && !(e instanceof Expr.Num)) {
      each += realBytes;
      nanos += VALUE_NANOS;
    }
    if (isDrawn(projection.axonal()) || isDrawn(projection.dendritic())) {
      each += 1;
      nanos += VALUE_NANOS;
    }
    return new RowCost(synapses, synapses * each, nanos);
  }

  private static boolean isDrawn(Optional<Expr> delay) {
    return delay.filter(d -> !(d instanceof Expr.Num)).isPresent();
  }

  /// Bytes saved for each nanosecond that an event takes longer.
  double worth() {
    return bytes / (Math.max(1, synapses) * Math.max(0.1, nanos - STORED_NANOS));
  }
}
