package snel.ir;

/// Connection rules as the run-time libraries know them (semantics.md §10). Indices are local: 0 to
/// `sources` - 1 and 0 to `targets` - 1 of the projection's two (sliced) ends.
public sealed interface Rule {
  /// Whether random numbers decide who is connected.
  default boolean isRandom() {
    return switch (this) {
      case Bernoulli _, FixedIndegree _, FixedOutdegree _, FixedTotal _ -> true;
      case All _, OneToOne _, Counted _, Pairs _, Conv _, Pool _, Window _ -> false;
    };
  }

  record All() implements Rule {}

  record OneToOne() implements Rule {}

  /// Every pair with one probability.
  record Bernoulli(double probability) implements Rule {}

  /// Source i has as many synapses as a kernel has put into element i + 1 of the rows' starts;
  /// another lists their targets afterwards.
  record Counted() implements Rule {}

  record FixedIndegree(int count, boolean multapses) implements Rule {}

  record FixedOutdegree(int count, boolean multapses) implements Rule {}

  record FixedTotal(long count, boolean multapses) implements Rule {}

  /// Listed pairs in the order given, sorted by (source, target) when built, equal pairs in order.
  /// `order` (`I32`, per synapse) receives the row of the list a synapse came from.
  record Pairs(int[] sources, int[] targets) implements Rule {}

  /// Weight-sharing kernels: see [ConvShape]. `kernel index` per synapse goes to the wiring's
  /// `shared` buffer.
  record Conv(ConvShape shape) implements Rule {}

  /// Each target pools a window of the source map of the same channel.
  record Pool(ConvShape shape) implements Rule {}

  /// Each target sees a window of every source channel, weights not shared.
  record Window(ConvShape shape) implements Rule {}
}
