package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The element types of NPY files that are read, by NumPy's letter codes.
enum NpyType {
  BOOLEAN("b1", 1),
  UNSIGNED_BYTE("u1", 1),
  BYTE("i1", 1),
  UNSIGNED_SHORT("u2", 2),
  SHORT("i2", 2),
  UNSIGNED_INT("u4", 4),
  INT("i4", 4),
  UNSIGNED_LONG("u8", 8),
  LONG("i8", 8),
  HALF("f2", 2),
  FLOAT("f4", 4),
  DOUBLE("f8", 8);

  private final String code;
  private final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /// The size of an element.
  int bytes() {
    return bytes;
  }

  /// The type with a code such as `f4`, or null.
  static @Nullable NpyType of(String code) {
    for (NpyType type : values()) {
      if (type.code.equals(code)) {
        return type;
      }
    }
    return null;
  }

  /// Reads `count` elements.
  Numbers read(ByteBuffer from, ByteOrder order, int count) {
    ByteBuffer in = from.order(order);
    return switch (this) {
      case BOOLEAN, UNSIGNED_BYTE -> new Numbers.Bytes(in.slice(in.position(), count));
      case BYTE, UNSIGNED_SHORT, SHORT -> {
        int[] out = new int[count];
        for (int i = 0; i < count; i++) {
          out[i] = this == BYTE ? in.get() : this == SHORT ? in.getShort() : in.getShort() & 0xffff;
        }
        yield new Numbers.Ints(out);
      }
      case INT -> {
        int[] out = new int[count];
        in.asIntBuffer().get(out);
        yield new Numbers.Ints(out);
      }
      case UNSIGNED_INT, UNSIGNED_LONG, LONG -> {
        long[] out = new long[count];
        for (int i = 0; i < count; i++) {
          out[i] = this == UNSIGNED_INT ? in.getInt() & 0xffffffffL : in.getLong();
        }
        yield new Numbers.Longs(out);
      }
      case HALF -> {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
          out[i] = Float.float16ToFloat(in.getShort());
        }
        yield new Numbers.Floats(out);
      }
      case FLOAT -> {
        float[] out = new float[count];
        in.asFloatBuffer().get(out);
        yield new Numbers.Floats(out);
      }
      case DOUBLE -> {
        double[] out = new double[count];
        in.asDoubleBuffer().get(out);
        yield new Numbers.Doubles(out);
      }
    };
  }
}
