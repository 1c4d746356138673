package snel.runtime.readout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;

/// Names neurons that learnt without names: each gets the class whose presentations it answered
/// with the most spikes on average, and a response belongs to the class whose neurons spike most on
/// average (Diehl & Cook 2015, doi:10.3389/fncom.2015.00099). A neuron that never answered has no
/// class. Ties go to the lower class; where nobody with a class answers, that is class 0.
public final class ResponseLabels implements FittedReadout {
  private final int neurons;
  private final int classes;
  private final double[] sums; // [class][neuron]
  private final double[] presentations;

  public ResponseLabels(int neurons, int classes) {
    this.neurons = neurons;
    this.classes = classes;
    this.sums = new double[Math.multiplyExact(neurons, classes)];
    this.presentations = new double[classes];
  }

  @Override
  public Wanted wanted() {
    return Wanted.COUNTS;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void fit(Response response, long label) {
    int row = Readout.checked(label, classes);
    double[] counts = response.values();
    for (int i = 0; i < neurons; i++) {
      sums[row * neurons + i] += counts[i];
    }
    presentations[row]++;
  }

  /// The class of each neuron, [Readout#NO_ANSWER] for one without.
  public int[] labels() {
    int[] labels = new int[neurons];
    Arrays.fill(labels, NO_ANSWER);
    double[] best = new double[neurons];
    for (int label = 0; label < classes; label++) {
      for (int i = 0; i < neurons && presentations[label] > 0; i++) {
        double mean = sums[label * neurons + i] / presentations[label];
        if (mean > best[i]) {
          best[i] = mean;
          labels[i] = label;
        }
      }
    }
    return labels;
  }

  @Override
  public int predict(Response response) {
    if (Arrays.stream(presentations).allMatch(count -> count == 0)) {
      throw new DataProblem(
          ProblemKind.NOT_YET, "response labels were scored before anything was fitted");
    }
    int[] labels = labels();
    double[] sum = new double[classes];
    int[] members = new int[classes];
    for (int i = 0; i < neurons; i++) {
      if (labels[i] != NO_ANSWER) {
        sum[labels[i]] += response.values()[i];
        members[labels[i]]++;
      }
    }
    for (int label = 0; label < classes; label++) {
      sum[label] = members[label] == 0 ? 0 : sum[label] / members[label];
    }
    return Readout.largest(sum);
  }

  @Override
  public SequencedMap<String, double[]> state() {
    var state = new LinkedHashMap<String, double[]>();
    state.put("sums", sums.clone());
    state.put("presentations", presentations.clone());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    System.arraycopy(Objects.requireNonNull(state.get("sums")), 0, sums, 0, sums.length);
    System.arraycopy(
        Objects.requireNonNull(state.get("presentations")), 0, presentations, 0, classes);
  }
}
