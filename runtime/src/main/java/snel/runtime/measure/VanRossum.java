package snel.runtime.measure;

/// The distance of van Rossum (2001, doi:10.1162/089976601300014321): each train is filtered by
/// exp(-t/tau), and D² = (1/tau) ∫ (f - g)² dt. One spike too many gives D² = 1/2; for tau → 0, D²
/// counts half of the spikes that do not coincide.
public final class VanRossum {
  private VanRossum() {}

  /// D between two trains, each rising.
  public static double distance(double[] first, double[] second, double tau) {
    return Math.sqrt(squared(first, second, tau));
  }

  /// D between two sets of trains: the root of the sum of D² over neurons, which keeps the neurons
  /// apart (Houghton & Sen 2008, doi:10.1162/neco.2007.10-06-350, for labelled lines).
  public static double distance(double[][] first, double[][] second, double tau) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(first.length + " trains against " + second.length);
    }
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += squared(first[i], second[i], tau);
    }
    return Math.sqrt(sum);
  }

  /// With the spikes of `first` counted +1 and those of `second` -1, D² is half of the sum over all
  /// pairs of s_i s_j exp(-|t_i - t_j| / tau); one walk through the merged trains gives it
  /// (Houghton & Kreuz 2012, doi:10.3109/0954898X.2012.673048).
  static double squared(double[] first, double[] second, double tau) {
    double before = 0; // sum over earlier spikes of s exp(-(t - t_j) / tau)
    double pairs = 0;
    double last = 0;
    int a = 0;
    int b = 0;
    while (a < first.length || b < second.length) {
      boolean ofFirst = b == second.length || a < first.length && first[a] <= second[b];
      double time = ofFirst ? first[a++] : second[b++];
      int sign = ofFirst ? 1 : -1;
      before *= StrictMath.exp((last - time) / tau);
      pairs += sign * before;
      before += sign;
      last = time;
    }
    return Math.max(0, (first.length + second.length) / 2.0 + pairs);
  }
}
