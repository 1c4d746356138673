package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/// How a number lies in an HDF5 file.
///
/// @param isBrain whether the two bytes of a number are the upper ones of a float (bfloat16)
record Hdf5Type(NpyType stored, boolean isBrain, ByteOrder order) {
  private static final int WHOLE = 0;
  private static final int REAL = 1;
  private static final int NAMES = 8;
  private static final int LISTS = 9;
  private static final int SEQUENCE = 0;

  /// Classes of types that are no numbers.
  private static final Map<Integer, String> OTHERS =
      Map.of(
          2, "times",
          3, "texts",
          4, "bit fields",
          5, "opaque bytes",
          6, "compound elements, as complex numbers are stored",
          7, "references to other arrays",
          9, "texts or rows, each of its own length",
          10, "small arrays as elements",
          11, "complex numbers");

  /// What a type is described with: its class, of which bits tell more, bytes of a number, and
  /// properties.
  private record Description(int kind, int bits, int size, ByteBuffer properties) {
    static Description of(ByteBuffer message) {
      return new Description(
          message.get() & 0xf,
          message.get() & 0xff | (message.get() & 0xff) << 8 | (message.get() & 0xff) << 16,
          message.getInt(),
          message);
    }

    boolean has(int bit) {
      return (bits >> bit & 1) != 0;
    }
  }

  /// @param exponent bits of it
  /// @param mantissa bits of it that are stored
  /// @param bias what is added to the exponent
  private record Parts(int exponent, int mantissa, int bias) {}

  private static final Parts HALF = new Parts(5, 10, 15);
  private static final Parts BRAIN = new Parts(8, 7, 127);
  private static final Parts FLOAT = new Parts(8, 23, 127);
  private static final Parts DOUBLE = new Parts(11, 52, 1023);

  /// @param message the description of a type
  static Hdf5Type of(String place, ByteBuffer message) {
    Description type = Description.of(message);
    return switch (type.kind) {
      case WHOLE -> whole(place, type);
      case REAL -> real(place, type);
      case NAMES -> of(place, type.properties); // truth values of NumPy, among others
      default ->
          throw refused(place, OTHERS.getOrDefault(type.kind, "elements of an unknown kind"));
    };
  }

  /// The type of the numbers of lists, each of which has its own length.
  ///
  /// @param message the description of the lists' type
  static Hdf5Type ofLists(String place, ByteBuffer message) {
    Description type = Description.of(message);
    if (type.kind != LISTS || (type.bits & 0xf) != SEQUENCE) {
      String found =
          switch (type.kind) {
            case WHOLE, REAL, NAMES -> "one number for each";
            case LISTS -> "texts";
            default -> OTHERS.getOrDefault(type.kind, "elements of an unknown kind");
          };
      throw DataProblem.found(place, "lists of numbers, each of its own length", found);
    }
    return of(place, type.properties);
  }

  private static DataProblem refused(String place, String found) {
    return DataProblem.found(place, "whole numbers or floats", found);
  }

  private static Hdf5Type whole(String place, Description type) {
    int from = type.properties.getShort();
    int bits = type.properties.getShort();
    if (from != 0 || bits != 8 * type.size) {
      throw refused(place, "whole numbers of %d bits in %d bytes".formatted(bits, type.size));
    }
    boolean isSigned = type.has(3);
    NpyType stored =
        switch (type.size) {
          case 1 -> isSigned ? NpyType.BYTE : NpyType.UNSIGNED_BYTE;
          case 2 -> isSigned ? NpyType.SHORT : NpyType.UNSIGNED_SHORT;
          case 4 -> isSigned ? NpyType.INT : NpyType.UNSIGNED_INT;
          case 8 -> isSigned ? NpyType.LONG : NpyType.UNSIGNED_LONG;
          default -> throw refused(place, "whole numbers of " + type.size + " bytes");
        };
    return new Hdf5Type(stored, false, order(type));
  }

  private static ByteOrder order(Description type) {
    return type.has(0) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private static Hdf5Type real(String place, Description type) {
    ByteBuffer in = type.properties;
    int from = in.getShort();
    int bits = in.getShort();
    int exponentAt = in.get();
    int exponent = in.get();
    int mantissaAt = in.get();
    int mantissa = in.get();
    var parts = new Parts(exponent, mantissa, in.getInt());
    boolean isUsual =
        from == 0
            && bits == 8 * type.size
            && bits == 1 + exponent + mantissa
            && signAt(type) == bits - 1
            && exponentAt == mantissa
            && mantissaAt == 0
            && isFirstBitLeftOut(type)
            && !type.has(6); // the order of VAX
    if (isUsual && parts.equals(BRAIN)) {
      return new Hdf5Type(NpyType.UNSIGNED_SHORT, true, order(type));
    }
    if (isUsual && parts.equals(HALF)) {
      return new Hdf5Type(NpyType.HALF, false, order(type));
    }
    if (isUsual && parts.equals(FLOAT)) {
      return new Hdf5Type(NpyType.FLOAT, false, order(type));
    }
    if (isUsual && parts.equals(DOUBLE)) {
      return new Hdf5Type(NpyType.DOUBLE, false, order(type));
    }
    throw refused(
        place,
        "floats of %d bytes with an exponent of %d bits and a mantissa of %d"
                .formatted(type.size, exponent, mantissa)
            + " (`astype(\"f8\")` of NumPy makes others of them)");
  }

  private static int signAt(Description type) {
    return type.bits >> 8 & 0xff;
  }

  private static boolean isFirstBitLeftOut(Description type) {
    return (type.bits >> 4 & 3) == 2;
  }

  int width() {
    return stored.bytes();
  }

  Numbers read(String place, ByteBuffer content, int count) {
    Numbers values = Npy.checked(place, stored, stored.read(content, order, count));
    return isBrain ? brains(values) : values;
  }

  private static Numbers brains(Numbers upper) {
    float[] values = new float[upper.length()];
    for (int k = 0; k < values.length; k++) {
      values[k] = Float.intBitsToFloat((int) upper.whole(k) << 16);
    }
    return new Numbers.Floats(values);
  }
}
