package snel.lower;

import snel.ir.Cell;
import snel.model.Connection;
import snel.model.Population;
import snel.model.Projection;

/// How wide the counts of arrivals of one projection are: no wider than what may meet in one neuron
/// in one slot, where that is known. A source spikes at most once a step.
final class CountCell {
  private CountCell() {}

  static Cell of(Plasticity plasticity) {
    long most = most(plasticity);
    boolean isOfBits = plasticity.links.layout == Links.Layout.BITS;
    if (most < 1 << 8 && !isOfBits) {
      return Cell.U8;
    }
    return most < 1 << 16 ? Cell.U16 : Cell.I32;
  }

  private static long most(Plasticity plasticity) {
    Projection projection = plasticity.projection;
    Population sources = plasticity.sourceCells().population;
    // what comes from outside may name a neuron twice; handlers may deliver more than once
    if (sources.isInput()
        || !Constancy.isStatic(projection)
        || projection.synapse().delay().isPresent()) {
      return Long.MAX_VALUE;
    }
    long all = plasticity.links.sources;
    return switch (projection.connection()) {
      case Connection.OneToOne _ -> 1;
      case Connection.FixedIndegree(int count, _) -> count;
      case Connection.FixedOutdegree(int count, boolean multapses) -> multapses ? all * count : all;
      case Connection.FixedTotal(long count, boolean multapses) ->
          multapses ? count : Math.min(count, all);
      case Connection.Edges(int[] from, _, _) -> from.length;
      case Connection.All _,
          Connection.Bernoulli _,
          Connection.Convolution _,
          Connection.Pooling _,
          Connection.Window _ ->
          all;
    };
  }
}
