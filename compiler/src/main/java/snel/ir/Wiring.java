package snel.ir;

import java.util.Optional;

/// The synapses of one projection as compressed rows, sorted by (source, target, multapse).
///
/// @param name unique; [Length.Synapses] refers to it
/// @param stream Philox stream of the rule's draws (FNV-1a of `path:connect`)
/// @param excludeSelf no synapse where the two neurons are the same one; then sources and targets
///   are slices of one population and `selfOffset` is (target index) - (source index) of one neuron
///   in the two slices
/// @param rowStart `I32[sources + 1]` out
/// @param target `U16` or `I32`, one per synapse, out: local target index; or `I64`
///   [#bitWords(int,int)]: the rows as bits
/// @param multapse `I32` per synapse, out: r of the r-th synapse of a pair; absent unless needed
/// @param shared `I32` per synapse, out: index into the shared weights of a convolution, or the
///   list row of [Rule.Pairs]; absent unless needed
/// @param expected how many synapses there are, on the average of a random rule
public record Wiring(
    String name,
    Rule rule,
    int sources,
    int targets,
    int stream,
    boolean excludeSelf,
    int selfOffset,
    Buffer rowStart,
    Buffer target,
    Optional<Buffer> multapse,
    Optional<Buffer> shared,
    double expected) {
  /// Words of a row of bits are a multiple of this, so that vectors need no end of their own.
  private static final int WORDS_TOGETHER = 8;

  /// Whether rows are kept as bits instead of lists: bit j & 63 of word j >> 6 of row i is set if
  /// there is a synapse from i to j.
  public boolean isBits() {
    return target.cell() == Cell.I64;
  }

  /// Words of a row of bits.
  public static int bitWords(int targets) {
    int together = 64 * WORDS_TOGETHER;
    return (targets + together - 1) / together * WORDS_TOGETHER;
  }

  /// Words of all rows of bits and of a row of zeros after the last.
  public static long bitWords(int sources, int targets) {
    return (sources + 1L) * bitWords(targets);
  }
}
