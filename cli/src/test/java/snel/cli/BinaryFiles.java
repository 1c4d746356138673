package snel.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Small files of data, as other programs write them.
final class BinaryFiles {
  private static final int HEADER = 118;

  private BinaryFiles() {}

  /// A NumPy array of doubles.
  static byte[] npy(double[][] rows) {
    String shape = "(" + rows.length + ", " + rows[0].length + ")";
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
    byte[] text =
        (header + " ".repeat(HEADER - 1 - header.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(10 + HEADER + 8 * rows.length * rows[0].length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) 1).put((byte) 0).putShort((short) HEADER).put(text);
    for (double[] row : rows) {
      for (double number : row) {
        out.putDouble(number);
      }
    }
    return out.array();
  }

  /// Bytes in IDX, one a record.
  static byte[] idx(int... values) {
    ByteBuffer out = ByteBuffer.allocate(8 + values.length);
    out.put(new byte[] {0, 0, 8, 1}).putInt(values.length);
    for (int value : values) {
      out.put((byte) value);
    }
    return out.array();
  }

  /// A sound of one channel in 16 bits: a sine of `turns` turns a sample.
  static byte[] wav(int rate, int samples, double turns) {
    ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    out.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    out.putShort((short) 2).putShort((short) 16);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
    for (int k = 0; k < samples; k++) {
      out.putShort((short) Math.round(20_000 * Math.sin(2 * Math.PI * turns * k)));
    }
    return out.array();
  }

  /// Events of an ATIS: of each the column, the row, 1 where it became brighter, microseconds.
  static byte[] atis(int[]... events) {
    ByteBuffer out = ByteBuffer.allocate(5 * events.length);
    for (int[] event : events) {
      out.put((byte) event[0]).put((byte) event[1]);
      out.put((byte) (event[2] << 7 | event[3] >> 16)).putShort((short) event[3]);
    }
    return out.array();
  }
}
