package snel.runtime.checkpoint;

/// What the elements of a section are, in little-endian order.
enum SectionType {
  BYTE(1),
  SHORT(2),
  CHAR(2),
  INT(4),
  LONG(8),
  FLOAT(4),
  DOUBLE(8);

  private final int bytes;

  SectionType(int bytes) {
    this.bytes = bytes;
  }

  /// The size of an element.
  int bytes() {
    return bytes;
  }

  /// The type of an array.
  static SectionType of(Object array) {
    return switch (array) {
      case byte[] _ -> BYTE;
      case short[] _ -> SHORT;
      case char[] _ -> CHAR;
      case int[] _ -> INT;
      case long[] _ -> LONG;
      case float[] _ -> FLOAT;
      case double[] _ -> DOUBLE;
      default -> throw new IllegalArgumentException("no section holds " + array.getClass());
    };
  }

  /// A new array of this type.
  Object array(int length) {
    return switch (this) {
      case BYTE -> new byte[length];
      case SHORT -> new short[length];
      case CHAR -> new char[length];
      case INT -> new int[length];
      case LONG -> new long[length];
      case FLOAT -> new float[length];
      case DOUBLE -> new double[length];
    };
  }
}
