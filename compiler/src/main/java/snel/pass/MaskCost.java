package snel.pass;

/// What a spike takes to go along a row of weights, with a list of its targets and with a mask of
/// all that there might be.
///
/// Measured on rows of 200 to 5,000 synapses onto 2,000 to 10,000 targets, on processors of AMD and
/// of Intel. A list costs by its synapses, a mask by its blocks of targets. Of the pairs some 15 %
/// must be joined for masks to be worth their memory.
///
/// @param synapses of a row, on the average
/// @param targets that there might be
/// @param isFar whether rows come from memory rather than from a cache
public record MaskCost(double synapses, int targets, boolean isFar) {
  private static final double BLOCK = 16;

  private static final double FAR_LIST_NANOS = 0.85;
  private static final double FAR_ROW_NANOS = 50;
  private static final double FAR_BLOCK_NANOS = 1.5;
  private static final double FAR_WEIGHT_NANOS = 0.12;

  private static final double NEAR_LIST_NANOS = 0.5;
  private static final double NEAR_ROW_NANOS = 10;
  private static final double NEAR_BLOCK_NANOS = 1.1;

  /// What all rows together may have to stay in a cache, lists and weights.
  private static final double NEAR_BYTES = 1 << 20;

  private static final double LIST_BYTES = 6;

  /// Below so many targets what there is to do besides counts for more.
  private static final int LEAST_TARGETS = 512;

  /// Of the time of a list, for the figures are rough.
  private static final double WORTH = 0.9;

  public static MaskCost of(int sources, int targets, double synapses) {
    return new MaskCost(synapses / sources, targets, LIST_BYTES * synapses > NEAR_BYTES);
  }

  public boolean pays() {
    return targets >= LEAST_TARGETS && maskNanos() < WORTH * listNanos();
  }

  public double listNanos() {
    return isFar
        ? FAR_ROW_NANOS + synapses * FAR_LIST_NANOS
        : NEAR_ROW_NANOS + synapses * NEAR_LIST_NANOS;
  }

  public double maskNanos() {
    double blocks = Math.ceil(targets / BLOCK);
    return isFar
        ? blocks * FAR_BLOCK_NANOS + synapses * FAR_WEIGHT_NANOS
        : NEAR_ROW_NANOS + blocks * NEAR_BLOCK_NANOS;
  }
}
