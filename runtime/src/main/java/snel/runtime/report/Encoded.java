package snel.runtime.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/// Arrays as base64 of little-endian numbers, a third of the size of their digits.
final class Encoded {
  private Encoded() {}

  static String singles(double[] values) {
    ByteBuffer bytes = buffer(4 * values.length);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return text(bytes);
  }

  static String doubles(double[] values) {
    ByteBuffer bytes = buffer(8 * values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return text(bytes);
  }

  static String wholes(int[] values) {
    ByteBuffer bytes = buffer(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return text(bytes);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer bytes) {
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
