package snel.runtime.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The lines of a table of spikes, as bytes: there may be many millions.
final class SpikeLines {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_DIGITS = 10;

  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int length;

  /// Begins with the table's head.
  SpikeLines(OutputStream out) throws IOException {
    this.out = out;
    put("time_ms,population,neuron\n".getBytes(StandardCharsets.UTF_8));
  }

  /// A line for each neuron, which begins with `start`.
  void add(String start, int[] neurons) throws IOException {
    byte[] bytes = start.getBytes(StandardCharsets.UTF_8);
    for (int neuron : neurons) {
      put(bytes);
      number(neuron);
    }
  }

  private void put(byte[] bytes) throws IOException {
    if (bytes.length + MOST_DIGITS + 1 > BUFFER - length) {
      flush();
    }
    if (bytes.length + MOST_DIGITS + 1 > BUFFER) {
      out.write(bytes);
    } else {
      System.arraycopy(bytes, 0, buffer, length, bytes.length);
      length += bytes.length;
    }
  }

  /// A number and the end of the line, for which [#put] left room.
  private void number(int number) {
    int digits = 1;
    for (int rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    int rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    buffer[length++] = '\n';
  }

  void flush() throws IOException {
    out.write(buffer, 0, length);
    length = 0;
  }
}
