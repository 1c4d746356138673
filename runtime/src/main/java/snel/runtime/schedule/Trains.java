package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import snel.runtime.numeric.F64;
import snel.runtime.record.TimeStep;
import snel.runtime.rng.Philox;
import snel.runtime.rng.Words;

/// Makers of spike trains and signals. Times are in ms, rates in kHz.
public final class Trains {
  private Trains() {}

  /// One spike for each neuron, or of lists within the list a train for each.
  public static Value atTimes(Value times) {
    if (isNested(times)) {
      return new Value.Trains(rows(times));
    }
    return new Value.Trains(
        Arrays.stream(times.numbers()).mapToObj(t -> new double[] {t}).toArray(double[][]::new));
  }

  private static boolean isNested(Value times) {
    return switch (times) {
      case Value.Trains _ -> true;
      case Value.Array array -> array.shape().length > 1;
      case Value.Listing(List<Value> elements) ->
          elements.stream().anyMatch(e -> !(e instanceof Value.Real || e instanceof Value.Whole));
      default -> false;
    };
  }

  /// One train of `spikes` spikes, the first at `from`, at a steady rate.
  public static Value regular(double rate, double from, long spikes) {
    var limits = new Limits("regular_train");
    limits.positive("rate", rate);
    double[] row = new double[limits.notNegative("spikes", spikes)];
    for (int k = 0; k < row.length; k++) {
      row[k] = from + k / rate;
    }
    return new Value.Trains(new double[][] {row});
  }

  /// Poisson trains on the grid: each step of each neuron spikes with probability rate * step. The
  /// word of step n of neuron i in set s is word `i & 3` of counter (i >> 2, s, n, evaluation).
  public static Value random(
      long sets,
      long neurons,
      double rate,
      double durationMs,
      double stepMs,
      int seed,
      int stream,
      int evaluation) {
    var limits = new Limits("random_trains");
    limits.notNegative("sets", sets);
    int size = limits.count("neurons", neurons);
    long threshold = Words.threshold(limits.notNegative("rate", rate) * stepMs);
    int steps = Math.toIntExact(Grid.nearest(limits.notNegative("duration", durationMs), stepMs));
    if (sets == 0) {
      return randomSet(0, size, threshold, steps, stepMs, seed, stream, evaluation);
    }
    List<Value> all = new ArrayList<>();
    for (int s = 0; s < sets; s++) {
      all.add(randomSet(s, size, threshold, steps, stepMs, seed, stream, evaluation));
    }
    return new Value.Listing(all);
  }

  private static Value.Trains randomSet(
      int set,
      int size,
      long threshold,
      int steps,
      double stepMs,
      int seed,
      int stream,
      int evaluation) {
    SpikeList spikes = new SpikeList();
    int[] words = new int[4];
    for (int n = 0; n < steps; n++) {
      for (int i = 0; i < size; i++) {
        if ((i & 3) == 0) {
          Philox.words(seed, stream, i >> 2, set, n, evaluation, words, 0);
        }
        if (Words.event(words[i & 3], threshold)) {
          spikes.add(i, n);
        }
      }
    }
    return new Value.Trains(spikes.trains(size, 0, TimeStep.ofMilliseconds(stepMs)));
  }

  /// One spike for each neuron, at any step of the duration with equal probability: the high half
  /// of the word of neuron i in set s, word `i & 3` of counter (i >> 2, s, 0, evaluation), times
  /// the steps.
  public static Value moments(
      long sets,
      long neurons,
      double durationMs,
      double stepMs,
      int seed,
      int stream,
      int evaluation) {
    var limits = new Limits("random_trains");
    limits.notNegative("sets", sets);
    int size = limits.count("neurons", neurons);
    int steps = Math.toIntExact(Grid.nearest(limits.positive("duration", durationMs), stepMs));
    if (sets == 0) {
      return momentSet(0, size, steps, stepMs, seed, stream, evaluation);
    }
    List<Value> all = new ArrayList<>();
    for (int s = 0; s < sets; s++) {
      all.add(momentSet(s, size, steps, stepMs, seed, stream, evaluation));
    }
    return new Value.Listing(all);
  }

  private static Value.Trains momentSet(
      int set, int size, int steps, double stepMs, int seed, int stream, int evaluation) {
    TimeStep step = TimeStep.ofMilliseconds(stepMs);
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      long word = Philox.word(seed, stream, i >> 2, set, 0, evaluation, i & 3) & 0xFFFFFFFFL;
      rows[i] = new double[] {step.time((word * steps) >>> 32)};
    }
    return new Value.Trains(rows);
  }

  /// Independent labels, each class equally likely.
  public static Value labels(long count, long classes, int seed, int stream, int evaluation) {
    var limits = new Limits("random_labels");
    limits.notNegative("count", count);
    limits.count("classes", classes);
    List<Value> labels = new ArrayList<>();
    for (long k = 0; k < count; k++) {
      long number = Philox.sequence(seed, stream, k, 0, evaluation, 0);
      labels.add(new Value.Whole(Words.below(number, classes)));
    }
    return new Value.Listing(labels);
  }

  /// Every spike moved by a normal draw of this deviation, kept on the grid and within the episode
  /// from 0 on. Spike k of neuron i takes word 0 of counter (k, i, evaluation, 0).
  public static Value jitter(
      Value trains, double deviation, double stepMs, int seed, int stream, int evaluation) {
    new Limits("jitter").notNegative("sd", deviation);
    double[][] rows = rows(trains);
    TimeStep step = TimeStep.ofMilliseconds(stepMs);
    double[][] moved = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i].clone();
      for (int k = 0; k < row.length; k++) {
        int word = Philox.word(seed, stream, k, i, evaluation, 0, 0);
        double time = row[k] + deviation * F64.normal(word);
        row[k] = step.time(Math.max(0, Grid.nearest(time, stepMs)));
      }
      Arrays.sort(row);
      moved[i] = row;
    }
    return new Value.Trains(moved);
  }

  /// Samples at a rate, as a series that is held between them. Of [n, channels] each channel is
  /// one.
  public static Value signal(Value samples, double rate) {
    double[] all = samples.numbers();
    int channels =
        samples instanceof Value.Array(int[] shape, var _) && shape.length == 2 ? shape[1] : 1;
    double[] times = new double[all.length / channels];
    double[][] rows = new double[channels][times.length];
    for (int k = 0; k < times.length; k++) {
      times[k] = k / rate;
      for (int r = 0; r < channels; r++) {
        rows[r][k] = all[k * channels + r];
      }
    }
    return new Value.Series(times, rows);
  }

  /// What a series is at a time: its last sample not after it; 0 before the first.
  public static Value at(Value series, double time) {
    if (!(series instanceof Value.Series(double[] times, double[][] rows))) {
      return series;
    }
    int place = Arrays.binarySearch(times, time + 1e-9);
    int last = place >= 0 ? place : -place - 2;
    double[] now = new double[rows.length];
    for (int r = 0; r < now.length; r++) {
      now[r] = last < 0 ? 0 : rows[r][last];
    }
    return now.length == 1 ? new Value.Real(now[0]) : Value.Array.row(now);
  }

  /// Spike trains, however they were written.
  public static double[][] rows(Value trains) {
    return switch (trains) {
      case Value.Trains(double[][] rows) -> rows;
      case Value.Listing(List<Value> elements) ->
          elements.stream()
              .map(row -> row instanceof Value.Trains(double[][] r) ? r[0] : row.numbers())
              .toArray(double[][]::new);
      case Value.Array array ->
          array.shape().length == 1
              ? new double[][] {array.elements()}
              : IntStream.range(0, array.shape()[0])
                  .mapToObj(k -> array.part(k).numbers())
                  .toArray(double[][]::new);
      default -> throw new IllegalStateException("no spike trains: " + trains);
    };
  }
}
