package snel.runtime.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import snel.runtime.data.NpyHeader;
import snel.runtime.data.Shape;
import snel.runtime.file.MachineRefused;

/// Samples of a state, one row after the other, in an NPY file that can be read at any time: its
/// header is brought up to date whenever it is synced. One thread writes.
public final class SampleLog {
  private static final int HEADER = 192;
  private static final int MOST_AT_ONCE = 4_096;

  /// How numbers are stored.
  public enum Precision {
    SINGLE("<f4", 4),
    DOUBLE("<f8", 8);

    private final String type;
    private final int bytes;

    Precision(String type, int bytes) {
      this.type = type;
      this.bytes = bytes;
    }
  }

  /// What the samples are of and when they were taken: sample k at step `first + k · every`.
  ///
  /// @param path as the program names it, such as `E.v`
  /// @param unit in which the numbers are stored
  /// @param labels of the first numbers of a row, as many as anybody draws
  public record Subject(
      String path,
      Shape row,
      String unit,
      TimeStep step,
      long first,
      long every,
      List<String> labels) {
    public Subject {
      labels = List.copyOf(labels);
    }

    /// Numbers that are called by their places.
    public Subject(String path, Shape row, String unit, TimeStep step, long first, long every) {
      this(path, row, unit, step, first, every, List.of());
    }
  }

  private final Subject subject;
  private final Precision precision;
  private final GrowingFile file;
  private final int width;

  SampleLog(Subject subject, Precision precision, GrowingFile file) {
    this.subject = subject;
    this.precision = precision;
    this.file = file;
    this.width = Math.toIntExact(subject.row().size());
    if (file.length() < HEADER) {
      file.append(header(0));
    }
  }

  public Subject subject() {
    return subject;
  }

  /// The number of whole rows.
  public long rows() {
    return width == 0 ? 0 : (file.length() - HEADER) / ((long) width * precision.bytes);
  }

  /// Appends a row.
  public void append(float[] row) {
    for (int from = 0; from < width; from += MOST_AT_ONCE) {
      int part = Math.min(MOST_AT_ONCE, width - from);
      ByteBuffer out = file.room(part * precision.bytes);
      for (int i = from; i < from + part; i++) {
        if (precision == Precision.SINGLE) {
          out.putFloat(row[i]);
        } else {
          out.putDouble(row[i]);
        }
      }
    }
  }

  /// Appends a row.
  public void append(double[] row) {
    for (int from = 0; from < width; from += MOST_AT_ONCE) {
      int part = Math.min(MOST_AT_ONCE, width - from);
      ByteBuffer out = file.room(part * precision.bytes);
      for (int i = from; i < from + part; i++) {
        if (precision == Precision.SINGLE) {
          out.putFloat((float) row[i]);
        } else {
          out.putDouble(row[i]);
        }
      }
    }
  }

  /// The last `most` rows, the first `columns` numbers of each.
  public Latest latest(int most, int columns) {
    file.flush();
    int rows = Math.toIntExact(Math.min(most, rows()));
    int shown = Math.min(columns, width);
    long skipped = rows() - rows;
    double[] times = new double[rows];
    double[][] series = new double[shown][rows];
    try (FileChannel in = FileChannel.open(file.path())) {
      ByteBuffer row = ByteBuffer.allocate(shown * precision.bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int k = 0; k < rows; k++) {
        long place = HEADER + (skipped + k) * width * precision.bytes;
        for (row.clear(); row.hasRemaining() && in.read(row, place + row.position()) >= 0; ) {}
        times[k] = subject.step().time(subject.first() + (skipped + k) * subject.every());
        for (int i = 0; i < shown; i++) {
          series[i][k] = precision == Precision.SINGLE ? row.getFloat(4 * i) : row.getDouble(8 * i);
        }
      }
    } catch (IOException problem) {
      throw MachineRefused.reading(file.path().toString(), problem);
    }
    return new Latest(times, series);
  }

  /// Rows of samples.
  ///
  /// @param times in ms
  /// @param series for each number of a row its values over time
  public record Latest(double[] times, double[][] series) {}

  /// Makes the header say how many rows there are.
  void updateHeader() {
    file.overwriteStart(header(rows()));
  }

  GrowingFile file() {
    return file;
  }

  private byte[] header(long rows) {
    Shape shape = subject.row().times(Math.toIntExact(rows));
    return new NpyHeader(precision.type, true, shape).toBytes(HEADER);
  }
}
