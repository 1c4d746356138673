package snel.runtime.connect;

/// The two ends of a projection.
///
/// @param excludesSelf no neuron is joined to itself; both ends are then slices of one population
/// @param selfOffset (target index) - (source index) of one neuron, where `excludesSelf`
public record Ends(int sources, int targets, boolean excludesSelf, int selfOffset) {
  public Ends {
    if (sources < 0 || targets < 0) {
      throw new IllegalArgumentException("negative size: " + sources + " to " + targets);
    }
  }

  public static Ends of(int sources, int targets) {
    return new Ends(sources, targets, false, 0);
  }

  /// The same with no neuron joined to itself; the two ends are one slice, or slices that begin
  /// `selfOffset` apart.
  public Ends withoutSelf(int selfOffset) {
    return new Ends(sources, targets, true, selfOffset);
  }

  /// The target that is `source` itself and must be left out, or -1.
  public int selfTarget(int source) {
    long target = (long) source + selfOffset;
    return excludesSelf && target >= 0 && target < targets ? (int) target : -1;
  }

  /// The source that is `target` itself and must be left out, or -1.
  public int selfSource(int target) {
    long source = (long) target - selfOffset;
    return excludesSelf && source >= 0 && source < sources ? (int) source : -1;
  }

  /// How many pairs may be joined.
  public long pairs() {
    long selves = 0;
    for (int source = 0; excludesSelf && source < sources; source++) {
      selves += selfTarget(source) >= 0 ? 1 : 0;
    }
    return (long) sources * targets - selves;
  }
}
