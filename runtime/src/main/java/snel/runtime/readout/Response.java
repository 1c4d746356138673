package snel.runtime.readout;

/// What a population answered to one presentation.
///
/// @param values one a neuron (or a feature), of the kind that the read-out wants
/// @param tieBreakers for first spikes, the potential of each neuron when it spiked, or now if it
///   did not; may be empty
public record Response(double[] values, double[] tieBreakers) {
  private static final double[] NONE = {};

  public static Response of(double... values) {
    return new Response(values, NONE);
  }

  public static Response ofCounts(int[] counts) {
    double[] values = new double[counts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = counts[i];
    }
    return of(values);
  }
}
