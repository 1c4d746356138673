package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.TimeStep;

/// One recorded quantity: which cells, how often, and its samples of the latest episode.
public final class Sampler {
  private final String path;
  private final String buffer;
  private final Object array;
  private final int[] indices;
  private final long every;
  private final long from;
  private final boolean atDeliver;
  private final boolean recorded;
  private final List<Long> labels = new ArrayList<>();
  private final List<double[]> samples = new ArrayList<>();

  /// @param from the step at which recording began
  /// @param atDeliver whether `array` is the copy that step n takes after its phase 1, labelled t_n
  /// @param recorded whether the samples are kept after the episode
  Sampler(
      String path,
      String buffer,
      Object array,
      int[] indices,
      long every,
      long from,
      boolean atDeliver,
      boolean recorded) {
    this.path = path;
    this.buffer = buffer;
    this.array = array;
    this.indices = indices;
    this.every = every;
    this.from = from;
    this.atDeliver = atDeliver;
    this.recorded = recorded;
  }

  public String path() {
    return path;
  }

  public int[] indices() {
    return indices;
  }

  /// How many cells there are to record.
  int size() {
    return Cells.length(array);
  }

  public long every() {
    return every;
  }

  public long from() {
    return from;
  }

  public boolean atDeliver() {
    return atDeliver;
  }

  boolean isLike(Sampler other) {
    return every == other.every
        && atDeliver == other.atDeliver
        && Arrays.equals(indices, other.indices);
  }

  boolean recorded() {
    return recorded;
  }

  /// The next value of the step counter, after `now`, at which a sample is taken.
  long next(long now) {
    long first = atDeliver ? from + 1 : from + every;
    return now < first ? first : first + ((now - first) / every + 1) * every;
  }

  boolean isDue(long now) {
    long first = atDeliver ? from + 1 : from + every;
    return now >= first && (now - first) % every == 0;
  }

  /// Takes the sample that is due now and returns it; keeps it if it belongs to an episode.
  double[] take(long now, boolean inEpisode) {
    double[] row = new double[indices.length];
    if (array instanceof float[] cells) {
      for (int k = 0; k < row.length; k++) {
        row[k] = cells[indices[k]];
      }
    } else {
      for (int k = 0; k < row.length; k++) {
        row[k] = Cells.get(array, indices[k]);
      }
    }
    if (inEpisode) {
      labels.add(label(now));
      samples.add(row);
    }
    return row;
  }

  /// The step that the sample taken now is labelled with.
  long label(long now) {
    return atDeliver ? now - 1 : now;
  }

  void beginEpisode() {
    labels.clear();
    samples.clear();
  }

  /// What a checkpoint keeps.
  record Kept(
      String path,
      String buffer,
      int[] indices,
      long every,
      long from,
      boolean atDeliver,
      boolean recorded,
      List<Long> labels,
      List<double[]> samples) {
    Sampler restored(NetworkView view) {
      Object array = view.cells(path, buffer);
      Sampler sampler = new Sampler(path, buffer, array, indices, every, from, atDeliver, recorded);
      sampler.labels.addAll(labels);
      sampler.samples.addAll(samples);
      return sampler;
    }
  }

  Kept kept() {
    return new Kept(path, buffer, indices, every, from, atDeliver, recorded, labels, samples);
  }

  /// The samples of the latest episode, of the cells asked for.
  Value.Series series(int[] cells, long began, TimeStep step) {
    int[] rows = Arrays.stream(cells).map(this::row).toArray();
    double[] times = new double[samples.size()];
    double[][] values = new double[rows.length][times.length];
    for (int k = 0; k < times.length; k++) {
      times[k] = step.time(labels.get(k) - began);
      double[] sample = samples.get(k);
      for (int r = 0; r < rows.length; r++) {
        values[r][k] = sample[rows[r]];
      }
    }
    return new Value.Series(times, values);
  }

  /// Where a sample has the value of a cell: mostly one after the other from the first.
  private int row(int cell) {
    int near = indices.length == 0 ? -1 : cell - indices[0];
    if (near >= 0 && near < indices.length && indices[near] == cell) {
      return near;
    }
    for (int row = 0; row < indices.length; row++) {
      if (indices[row] == cell) {
        return row;
      }
    }
    throw new ProtocolProblem(
        ProblemKind.RUN_TIME_INDEX,
        "element %d of `%s` is not recorded, only %d others are"
            .formatted(cell, path, indices.length));
  }
}
