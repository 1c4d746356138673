package snel.runtime.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import snel.runtime.file.MachineRefused;

/// The spikes of one population as they come: a block for each step with spikes (step, count, then
/// the neurons, little-endian). One thread writes.
public final class SpikeLog {
  private static final int HEAD = 12;
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
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && stamps[to] == stamps[from] && to - from < MOST_AT_ONCE) {
        to++;
      }
      ByteBuffer out = file.room(HEAD + 4 * (to - from));
      out.putLong(stamps[from]).putInt(to - from);
      for (int k = from; k < to; k++) {
        out.putInt(spiking[k]);
      }
      from = to;
    }
  }

  /// Everything that was appended.
  public SpikeEvents events() {
    file.flush();
    long[] steps = new long[1_024];
    int[] spiking = new int[1_024];
    int count = 0;
    try (Reader reader = reader()) {
      for (Block block = reader.next(); block != null; block = reader.next()) {
        int end = count + block.neurons().length;
        if (end > steps.length) {
          steps = Arrays.copyOf(steps, Math.max(end, steps.length * 2));
          spiking = Arrays.copyOf(spiking, steps.length);
        }
        Arrays.fill(steps, count, end, block.step());
        System.arraycopy(block.neurons(), 0, spiking, count, block.neurons().length);
        count = end;
      }
    }
    return new SpikeEvents(Arrays.copyOf(steps, count), Arrays.copyOf(spiking, count));
  }

  GrowingFile file() {
    return file;
  }

  /// The neurons that spiked with one stamp.
  record Block(long step, int[] neurons) {}

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
        if (!holds(HEAD) || !holds(HEAD + 4 * buffer.getInt(buffer.position() + 8))) {
          return null;
        }
      } catch (IOException problem) {
        throw MachineRefused.reading(file.path().toString(), problem);
      }
      long stamp = buffer.getLong();
      int[] spiking = new int[buffer.getInt()];
      for (int k = 0; k < spiking.length; k++) {
        spiking[k] = buffer.getInt();
      }
      return new Block(stamp, spiking);
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
