package snel.runtime.readout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How a read-out answered what it was scored on, in the order of scoring.
public final class Tally {
  private final int classes;
  private int[] labels = new int[64];
  private int[] answers = new int[64];
  private int count;
  private int right;

  public Tally(int classes) {
    this.classes = classes;
  }

  /// Forgets everything: a loop that scores begins its tally afresh.
  public void begin() {
    count = 0;
    right = 0;
  }

  /// Notes that `answer` was given where `label` was right.
  public void add(int answer, long label) {
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, 2 * count);
      answers = Arrays.copyOf(answers, 2 * count);
    }
    labels[count] = Readout.checked(label, classes);
    answers[count] = answer;
    right += answer == label ? 1 : 0;
    count++;
  }

  public int count() {
    return count;
  }

  /// The part of answers that were right; NaN before the first.
  public double accuracy() {
    return (double) right / count;
  }

  /// How often each class (row) was answered by each class (column); the last column counts those
  /// without an answer.
  public long[][] confusion() {
    long[][] matrix = new long[classes][classes + 1];
    for (int k = 0; k < count; k++) {
      matrix[labels[k]][answers[k] < 0 ? classes : answers[k]]++;
    }
    return matrix;
  }

  /// The accuracy on each of the groups to which what was scored belongs, in the order in which the
  /// groups first occur. `groups` has one entry for each score.
  public Map<String, Double> accuracyBy(List<String> groups) {
    if (groups.size() != count) {
      throw new IllegalArgumentException(groups.size() + " groups for " + count + " scores");
    }
    Map<String, int[]> sums = new LinkedHashMap<>();
    for (int k = 0; k < count; k++) {
      int[] sum = sums.computeIfAbsent(groups.get(k), _ -> new int[2]);
      sum[0] += answers[k] == labels[k] ? 1 : 0;
      sum[1]++;
    }
    Map<String, Double> accuracies = new LinkedHashMap<>();
    sums.forEach((group, sum) -> accuracies.put(group, (double) sum[0] / sum[1]));
    return accuracies;
  }

  /// Everything, for a checkpoint.
  public Map<String, int[]> state() {
    var state = new HashMap<String, int[]>();
    state.put("labels", Arrays.copyOf(labels, count));
    state.put("answers", Arrays.copyOf(answers, count));
    return state;
  }

  /// Takes over what [#state] gave.
  public void restore(Map<String, int[]> state) {
    int[] oldLabels = Objects.requireNonNull(state.get("labels"));
    int[] oldAnswers = Objects.requireNonNull(state.get("answers"));
    begin();
    for (int k = 0; k < oldLabels.length; k++) {
      add(oldAnswers[k], oldLabels[k]);
    }
  }
}
