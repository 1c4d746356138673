package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Numbers as other programs lay them in files: little-endian, one after the other.
public enum TensorBytes {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1);

  private final int width;

  TensorBytes(int width) {
    this.width = width;
  }

  /// Bytes of one number.
  public int width() {
    return width;
  }

  /// All numbers of `content`, whose length is a multiple of the width. `U64` from 2^63 on come out
  /// negative.
  public Numbers read(ByteBuffer content) {
    ByteBuffer bytes = content.slice().order(ByteOrder.LITTLE_ENDIAN);
    int count = bytes.remaining() / width;
    return switch (this) {
      case F64 -> {
        double[] values = new double[count];
        bytes.asDoubleBuffer().get(values);
        yield new Numbers.Doubles(values);
      }
      case F32 -> {
        float[] values = new float[count];
        bytes.asFloatBuffer().get(values);
        yield new Numbers.Floats(values);
      }
      case F16 -> {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
          values[k] = Float.float16ToFloat(bytes.getShort(2 * k));
        }
        yield new Numbers.Floats(values);
      }
      case BF16 -> {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
          values[k] = upperHalf(bytes.getShort(2 * k));
        }
        yield new Numbers.Floats(values);
      }
      case I64, U64 -> {
        long[] values = new long[count];
        bytes.asLongBuffer().get(values);
        yield new Numbers.Longs(values);
      }
      case I32 -> {
        int[] values = new int[count];
        bytes.asIntBuffer().get(values);
        yield new Numbers.Ints(values);
      }
      case I16 -> {
        int[] values = new int[count];
        for (int k = 0; k < count; k++) {
          values[k] = bytes.getShort(2 * k);
        }
        yield new Numbers.Ints(values);
      }
      case U32 -> {
        long[] values = new long[count];
        for (int k = 0; k < count; k++) {
          values[k] = Integer.toUnsignedLong(bytes.getInt(4 * k));
        }
        yield new Numbers.Longs(values);
      }
      case U16 -> {
        int[] values = new int[count];
        for (int k = 0; k < count; k++) {
          values[k] = Short.toUnsignedInt(bytes.getShort(2 * k));
        }
        yield new Numbers.Ints(values);
      }
      case I8 -> {
        int[] values = new int[count];
        for (int k = 0; k < count; k++) {
          values[k] = bytes.get(k);
        }
        yield new Numbers.Ints(values);
      }
      case U8 -> {
        byte[] values = new byte[count];
        bytes.get(values);
        yield new Numbers.Bytes(ByteBuffer.wrap(values));
      }
    };
  }

  /// The number whose first 16 of 32 bits these are.
  static float upperHalf(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
