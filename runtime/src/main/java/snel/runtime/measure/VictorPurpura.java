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

  /// What brings trains nearer to desired ones (Florian 2012, doi:10.1371/journal.pone.0040233,
  /// E-learning): the derivative of a distance by how excited each neuron is in each step, -1 where
  /// a spike has to be added, 1 where one has to go, and for one that has to be moved by Δt, Δt /
  /// tau_q; element `step * neurons + neuron`. The sum of the distances comes last.
  ///
  /// @param steps of the episode, each `stepMs` long; a spike of a step is stamped with its end
  public static double[] edits(
      double[][] first, double[][] second, double tauQ, int steps, double stepMs) {
    double[] edits = new double[steps * first.length + 1];
    edits[edits.length - 1] = distance(first, second, tauQ);
    for (int neuron = 0; neuron < first.length; neuron++) {
      int place = neuron;
      edit(
          first[neuron],
          second[neuron],
          tauQ,
          (time, change) -> {
            int step = Math.clamp(Math.round(time / stepMs) - 1, 0, steps - 1);
            edits[step * first.length + place] += change;
          });
    }
    return edits;
  }

  private interface Edit {
    void at(double time, double change);
  }

  /// Follows a cheapest way back from the ends of both trains.
  private static void edit(double[] first, double[] second, double tauQ, Edit edit) {
    double[][] costs = costs(first, second, tauQ);
    int i = first.length;
    int j = second.length;
    while (i > 0 || j > 0) {
      if (i > 0 && costs[i][j] == 1 + costs[i - 1][j]) {
        i--;
        edit.at(first[i], 1);
      } else if (j > 0 && costs[i][j] == 1 + costs[i][j - 1]) {
        j--;
        edit.at(second[j], -1);
      } else {
        i--;
        j--;
        edit.at(first[i], (second[j] - first[i]) / tauQ);
      }
    }
  }

  /// The distances of the first i spikes from the first j.
  private static double[][] costs(double[] first, double[] second, double tauQ) {
    double[][] costs = new double[first.length + 1][second.length + 1];
    for (int i = 0; i <= first.length; i++) {
      for (int j = 0; j <= second.length; j++) {
        if (i == 0 || j == 0) {
          costs[i][j] = i + j;
        } else {
          double moved = costs[i - 1][j - 1] + Math.abs(first[i - 1] - second[j - 1]) / tauQ;
          costs[i][j] = Math.min(moved, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
        }
      }
    }
    return costs;
  }
}
