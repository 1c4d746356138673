package snel.runtime.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.TimeStep;

/// One recorded quantity: which cells, how often, and its samples of the latest episode.
public final class Sampler {
  /// Numbers that come to lie in one array.
  private static final int BLOCK = 4096;

  private final String path;
  private final String buffer;
  private final Object array;
  private final int[] indices;
  private final long every;
  private final long from;
  private final boolean atDeliver;
  private final boolean recorded;

  /// The samples of the latest episode, so many in each block.
  private final List<double[]> blocks = new ArrayList<>();

  private final int inBlock;

  /// Which step each is labelled with.
  private long[] labels = new long[32];

  private int count;

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
    this.inBlock = Math.max(1, BLOCK / Math.max(1, indices.length));
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

  /// The sample that is due now.
  double[] sample() {
    double[] row = new double[indices.length];
    read(row, 0);
    return row;
  }

  /// Keeps the sample that is due now.
  void keep(long now) {
    append(label(now));
    read(block(count - 1), place(count - 1));
  }

  private void read(double[] to, int at) {
    if (array instanceof float[] cells) {
      for (int k = 0; k < indices.length; k++) {
        to[at + k] = cells[indices[k]];
      }
    } else {
      for (int k = 0; k < indices.length; k++) {
        to[at + k] = Cells.get(array, indices[k]);
      }
    }
  }

  private void append(long label) {
    if (count == labels.length) {
      labels = Arrays.copyOf(labels, 2 * count);
    }
    if (count == blocks.size() * inBlock) {
      blocks.add(new double[inBlock * indices.length]);
    }
    labels[count++] = label;
  }

  /// Where the sample `k` lies.
  private double[] block(int k) {
    return blocks.get(k / inBlock);
  }

  private int place(int k) {
    return k % inBlock * indices.length;
  }

  /// The step that the sample taken now is labelled with.
  long label(long now) {
    return atDeliver ? now - 1 : now;
  }

  void beginEpisode() {
    count = 0;
    if (blocks.size() > 1) {
      blocks.subList(1, blocks.size()).clear();
    }
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
      for (int k = 0; k < samples.size(); k++) {
        sampler.append(labels.get(k));
        System.arraycopy(samples.get(k), 0, sampler.block(k), sampler.place(k), indices.length);
      }
      return sampler;
    }
  }

  Kept kept() {
    List<Long> steps = Arrays.stream(labels, 0, count).boxed().toList();
    List<double[]> rows =
        IntStream.range(0, count)
            .mapToObj(k -> Arrays.copyOfRange(block(k), place(k), place(k) + indices.length))
            .toList();
    return new Kept(path, buffer, indices, every, from, atDeliver, recorded, steps, rows);
  }

  /// The samples of the latest episode, of the cells asked for.
  Value.Series series(int[] cells, long began, TimeStep step) {
    int[] rows = Arrays.stream(cells).map(this::row).toArray();
    double[] times = new double[count];
    double[][] values = new double[rows.length][];
    Arrays.setAll(values, r -> new double[count]);
    for (int first = 0; first < count; first += inBlock) {
      double[] samples = block(first);
      int end = Math.min(count, first + inBlock);
      for (int r = 0; r < rows.length; r++) {
        for (int k = first, at = rows[r]; k < end; k++, at += indices.length) {
          values[r][k] = samples[at];
        }
      }
    }
    for (int k = 0; k < count; k++) {
      times[k] = step.time(labels[k] - began);
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
