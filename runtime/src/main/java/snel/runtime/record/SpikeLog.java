package snel.runtime.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import snel.runtime.file.MachineRefused;

/// The spikes of one population as they come: a block for each time with spikes (step, how much of
/// a step before it, count, then the neurons, little-endian). One thread writes.
public final class SpikeLog {
  private static final int HEAD = 20;
  private static final int COUNT = 16;
  private static final int MOST_AT_ONCE = 4_096;

  private final String population;
  private final int neurons;
  private final TimeStep step;
  private final GrowingFile file;

  SpikeLog(String population, int neurons, TimeStep step, GrowingFile file) {
    this.population = population;
    this.neurons = neurons;
    this.step = step;
    this.file = file;
  }

  public String population() {
    return population;
  }

  public int neurons() {
    return neurons;
  }

  public TimeStep step() {
    return step;
  }

  /// Notes that the first `count` of `spiking` have spiked with the `stamps` given, which never
  /// fall.
  public void append(long[] stamps, int[] spiking, int count) {
    append(stamps, null, spiking, count);
  }

  /// The same with how much of a step each spike came `early`, if some did. Those of one stamp are
  /// put in the order of time.
  public void append(long[] stamps, double @Nullable [] early, int[] spiking, int count) {
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count
          && stamps[to] == stamps[from]
          && (early != null || to - from < MOST_AT_ONCE)) {
        to++;
      }
      if (early == null) {
        block(stamps[from], 0, spiking, from, to);
      } else {
        located(stamps[from], early, spiking, from, to);
      }
      from = to;
    }
  }

  private void located(long stamp, double[] early, int[] spiking, int from, int to) {
    int[] order =
        IntStream.range(from, to)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -early[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int k : order) {
      block(stamp, early[k], spiking, k, k + 1);
    }
  }

  private void block(long stamp, double early, int[] spiking, int from, int to) {
    ByteBuffer out = file.room(HEAD + 4 * (to - from));
    out.putLong(stamp).putDouble(early).putInt(to - from);
    for (int k = from; k < to; k++) {
      out.putInt(spiking[k]);
    }
  }

  /// Everything that was appended.
  public SpikeEvents events() {
    file.flush();
    long[] steps = new long[1_024];
    double[] early = new double[1_024];
    int[] spiking = new int[1_024];
    int count = 0;
    try (Reader reader = reader()) {
      for (Block block = reader.next(); block != null; block = reader.next()) {
        int end = count + block.neurons().length;
        if (end > steps.length) {
          steps = Arrays.copyOf(steps, Math.max(end, steps.length * 2));
          early = Arrays.copyOf(early, steps.length);
          spiking = Arrays.copyOf(spiking, steps.length);
        }
        Arrays.fill(steps, count, end, block.step());
        Arrays.fill(early, count, end, block.early());
        System.arraycopy(block.neurons(), 0, spiking, count, block.neurons().length);
        count = end;
      }
    }
    return new SpikeEvents(
        Arrays.copyOf(steps, count), Arrays.copyOf(early, count), Arrays.copyOf(spiking, count));
  }

  /// The last `most` spikes that were appended, and the time after which none is left out.
  public Latest latest(int most) {
    Deque<Block> blocks = new ArrayDeque<>();
    int count = 0;
    double complete = Double.NEGATIVE_INFINITY;
    try (Reader reader = reader()) {
      for (Block block = reader.next(); block != null; block = reader.next()) {
        blocks.addLast(block);
        count += block.neurons().length;
        while (count > most && blocks.size() > 1) {
          Block left = blocks.removeFirst();
          count -= left.neurons().length;
          complete = step.time(left.step());
        }
      }
    }
    double[] times = new double[count];
    int[] spiking = new int[count];
    int at = 0;
    for (Block block : blocks) {
      for (int neuron : block.neurons()) {
        times[at] = step.time(block.step(), block.early());
        spiking[at++] = neuron;
      }
    }
    return new Latest(complete, times, spiking);
  }

  /// Spikes after a time.
  ///
  /// @param afterMs -infinity if these are all
  /// @param times in ms, rising
  public record Latest(double afterMs, double[] times, int[] neurons) {}

  GrowingFile file() {
    return file;
  }

  /// The neurons that spiked at one time.
  record Block(long step, double early, int[] neurons) {}

  /// A reader of what has been flushed.
  Reader reader() {
    file.flush();
    return new Reader();
  }

  /// Reads block after block.
  final class Reader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final ByteBuffer buffer =
        ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);

    private Reader() {
      try {
        in = Files.newInputStream(file.path());
      } catch (IOException problem) {
        throw MachineRefused.reading(file.path().toString(), problem);
      }
    }

    /// The next block, or null at the end. A block that a killed process left half-written ends it.
    @Nullable Block next() {
      try {
        if (!holds(HEAD) || !holds(HEAD + 4 * buffer.getInt(buffer.position() + COUNT))) {
          return null;
        }
      } catch (IOException problem) {
        throw MachineRefused.reading(file.path().toString(), problem);
      }
      long stamp = buffer.getLong();
      double early = buffer.getDouble();
      int[] spiking = new int[buffer.getInt()];
      for (int k = 0; k < spiking.length; k++) {
        spiking[k] = buffer.getInt();
      }
      return new Block(stamp, early, spiking);
    }

    /// Reads until `bytes` lie in the buffer; false if the file ends before.
    private boolean holds(int bytes) throws IOException {
      while (buffer.remaining() < bytes) {
        buffer.compact();
        int read = in.read(buffer.array(), buffer.position(), buffer.remaining());
        buffer.position(buffer.position() + Math.max(0, read)).flip();
        if (read < 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException problem) {
        throw MachineRefused.reading(file.path().toString(), problem);
      }
    }
  }
}
