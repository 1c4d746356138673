package snel.runtime.measure;

/// The distance of Victor & Purpura (1996, doi:10.1152/jn.1996.76.2.1310): the least cost of
/// turning one train into the other, where adding or removing a spike costs 1 and moving one by Δt
/// costs |Δt| / tau_q (their q = 1/tau_q per unit of time).
public final class VictorPurpura {
  private VictorPurpura() {}

  /// The distance of two trains, each rising.
  public static double distance(double[] first, double[] second, double tauQ) {
    double[] row = new double[second.length + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= first.length; i++) {
      double diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= second.length; j++) {
        double moved = diagonal + Math.abs(first[i - 1] - second[j - 1]) / tauQ;
        diagonal = row[j];
        row[j] = Math.min(moved, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[second.length];
  }

  /// The sum of the distances of the trains of each neuron.
  public static double distance(double[][] first, double[][] second, double tauQ) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(first.length + " trains against " + second.length);
    }
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += distance(first[i], second[i], tauQ);
    }
    return sum;
  }
}
