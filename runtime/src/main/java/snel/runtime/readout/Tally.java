package snel.runtime.readout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// How a read-out answered what it was scored on, in the order of scoring.
public final class Tally {
  private static final String RECORDS = "records of ";

  private final int classes;
  private int[] labels = new int[64];
  private int[] answers = new int[64];
  private final List<Scored> samples = new ArrayList<>();
  private int count;
  private int right;
  private double time;
  private long before;
  private long after;

  public Tally(int classes) {
    this.classes = classes;
  }

  /// What an answer took.
  ///
  /// @param ms from the beginning of the episode to the answer
  /// @param operations of synapses since the experiment began, those for this answer included
  public record Cost(double ms, long operations) {}

  /// What was answered.
  ///
  /// @param record of the data set, counted from 0
  public record Scored(String dataSet, int record) {
    /// A sample of no data set.
    public static final Scored UNKNOWN = new Scored("", -1);
  }

  /// Forgets everything: a loop that scores begins its tally afresh.
  ///
  /// @param operations of synapses so far
  public void begin(long operations) {
    samples.clear();
    count = 0;
    right = 0;
    time = 0;
    before = operations;
    after = operations;
  }

  /// Notes that `answer` was given to `sample` where `label` was right.
  public void add(int answer, long label, Scored sample, Cost cost) {
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, 2 * count);
      answers = Arrays.copyOf(answers, 2 * count);
    }
    labels[count] = Readout.checked(label, classes);
    answers[count] = answer;
    samples.add(sample);
    right += answer == label ? 1 : 0;
    time += cost.ms;
    after = cost.operations;
    count++;
  }

  public int count() {
    return count;
  }

  /// What was scored, in that order.
  public List<Scored> samples() {
    return List.copyOf(samples);
  }

  /// The part of answers that were right; NaN before the first.
  public double accuracy() {
    return (double) right / count;
  }

  /// How many would be right if all were answered by the commonest class; NaN before the first.
  public double chance() {
    int[] each = new int[classes];
    for (int k = 0; k < count; k++) {
      each[labels[k]]++;
    }
    return (double) Arrays.stream(each).max().orElse(0) / count;
  }

  /// How long answers took on average, in ms; NaN before the first.
  public double latency() {
    return time / count;
  }

  /// Operations of synapses for an answer, on average; NaN before the first.
  public double operations() {
    return (double) (after - before) / count;
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
  public SequencedMap<String, int[]> state() {
    var state = new LinkedHashMap<String, int[]>();
    state.put("labels", Arrays.copyOf(labels, count));
    state.put("answers", Arrays.copyOf(answers, count));
    state.put("cost", packed(Double.doubleToRawLongBits(time), before, after));
    for (int k = 0; k < count; k++) {
      Scored sample = samples.get(k);
      state.computeIfAbsent(RECORDS + sample.dataSet, _ -> filled(count))[k] = sample.record;
    }
    return state;
  }

  /// Takes over what [#state] gave.
  public void restore(Map<String, int[]> state) {
    int[] oldLabels = Objects.requireNonNull(state.get("labels"));
    int[] oldAnswers = Objects.requireNonNull(state.get("answers"));
    begin(0);
    for (int k = 0; k < oldLabels.length; k++) {
      add(oldAnswers[k], oldLabels[k], sample(state, k), new Cost(0, 0));
    }
    int[] cost = Objects.requireNonNull(state.get("cost"));
    time = Double.longBitsToDouble(unpacked(cost, 0));
    before = unpacked(cost, 1);
    after = unpacked(cost, 2);
  }

  private static int[] filled(int length) {
    int[] none = new int[length];
    Arrays.fill(none, Scored.UNKNOWN.record);
    return none;
  }

  private static Scored sample(Map<String, int[]> state, int k) {
    return state.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(RECORDS))
        .map(entry -> new Scored(entry.getKey().substring(RECORDS.length()), entry.getValue()[k]))
        .filter(sample -> sample.record >= 0)
        .findFirst()
        .orElse(Scored.UNKNOWN);
  }

  private static int[] packed(long... numbers) {
    int[] halves = new int[2 * numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      halves[2 * k] = (int) (numbers[k] >> 32);
      halves[2 * k + 1] = (int) numbers[k];
    }
    return halves;
  }

  private static long unpacked(int[] halves, int k) {
    return (long) halves[2 * k] << 32 | Integer.toUnsignedLong(halves[2 * k + 1]);
  }
}
