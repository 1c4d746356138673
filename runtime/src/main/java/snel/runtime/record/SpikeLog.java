package snel.runtime.record;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
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

  /// Notes that the first `count` of `spiking` have spiked with stamp `stamp`.
  public void append(long stamp, int[] spiking, int count) {
    for (int from = 0; from < count; from += MOST_AT_ONCE) {
      int part = Math.min(MOST_AT_ONCE, count - from);
      ByteBuffer out = file.room(HEAD + 4 * part);
      out.putLong(stamp).putInt(part);
      for (int k = 0; k < part; k++) {
        out.putInt(spiking[from + k]);
      }
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
    private final DataInputStream in;

    private Reader() {
      try {
        in =
            new DataInputStream(
                new BufferedInputStream(Files.newInputStream(file.path()), 1 << 16));
      } catch (IOException problem) {
        throw MachineRefused.reading(file.path().toString(), problem);
      }
    }

    /// The next block, or null at the end. A block that a killed process left half-written ends it.
    @Nullable Block next() {
      try {
        byte[] head = in.readNBytes(HEAD);
        if (head.length < HEAD) {
          return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        long stamp = numbers.getLong();
        byte[] body = new byte[4 * numbers.getInt()];
        in.readFully(body);
        int[] spiking = new int[body.length / 4];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(spiking);
        return new Block(stamp, spiking);
      } catch (EOFException _) {
        return null;
      } catch (IOException problem) {
        throw MachineRefused.reading(file.path().toString(), problem);
      }
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
