package snel.runtime.readout;

/// The class whose neurons spiked most. Class c has the neurons from c·group to (c + 1)·group.
/// Ties, silence among them, go to the lower class.
///
/// @param group neurons that vote for one class
public record MaxCount(int classes, int group) implements Readout {
  /// A read-out of `neurons` neurons in groups.
  public static MaxCount of(int neurons, int group) {
    if (group < 1 || neurons % group != 0) {
      throw new IllegalArgumentException(neurons + " neurons in groups of " + group);
    }
    return new MaxCount(neurons / group, group);
  }

  @Override
  public Wanted wanted() {
    return Wanted.COUNTS;
  }

  @Override
  public int predict(Response response) {
    double[] votes = new double[classes];
    for (int i = 0; i < classes * group; i++) {
      votes[i / group] += response.values()[i];
    }
    return Readout.largest(votes);
  }
}
