package snel.runtime.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import snel.runtime.kernel.ProblemKind;

/// Reads IDX files, the format of MNIST: two zero bytes, a type, the number of dimensions, their
/// lengths, then the numbers, all big-endian.
public final class Idx {
  private static final String KIND = "an IDX file";

  private Idx() {}

  public static NumberArray read(DataFile file) {
    return parse(file.name(), FileContent.buffer(file, KIND));
  }

  /// Images: an array of records × rows × columns.
  public static NumberArray images(DataFile file) {
    return ofDimensions(file, 3, "images (3 dimensions)");
  }

  /// Labels: one whole number a record.
  public static NumberArray labels(DataFile file) {
    return ofDimensions(file, 1, "labels (1 dimension)");
  }

  private static NumberArray ofDimensions(DataFile file, int dimensions, String what) {
    NumberArray array = read(file);
    if (array.shape().dimensions() != dimensions) {
      throw DataProblem.found(file.name(), what, "an IDX array of shape " + array.shape());
    }
    return array;
  }

  private static NumberArray parse(String file, ByteBuffer content) {
    int size = content.limit();
    if (size < 4 || content.get(0) != 0 || content.get(1) != 0) {
      byte[] first = new byte[Math.min(size, 6)];
      content.get(0, first);
      throw DataProblem.found(file, KIND + " (first two bytes 0)", FileKind.told(first));
    }
    NpyType type = type(file, content.get(2));
    int dimensions = content.get(3) & 0xff;
    if (dimensions == 0) {
      throw DataProblem.found(
          ProblemKind.FILE_UNREADABLE, file, KIND + " of at least one dimension", "none");
    }
    if (size < 4 + 4 * dimensions) {
      throw DataProblem.truncated(file, dimensions + " lengths", size + " bytes in all");
    }
    ByteBuffer in = content.order(ByteOrder.BIG_ENDIAN).position(4);
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      int length = in.getInt();
      if (length < 0) {
        throw DataProblem.found(
            ProblemKind.FILE_UNREADABLE,
            file,
            "lengths of less than 2^31 in " + KIND,
            Integer.toUnsignedString(length) + " as length " + (i + 1));
      }
      lengths.add(length);
    }
    Shape shape = new Shape(lengths);
    long bytes = shape.bytes(type.bytes());
    if (in.remaining() != bytes) {
      String expected = bytes + " bytes for shape " + shape;
      throw in.remaining() < bytes
          ? DataProblem.truncated(file, expected, in.remaining() + " bytes")
          : DataProblem.found(
              ProblemKind.FILE_UNREADABLE, file, expected, in.remaining() + " bytes");
    }
    return new NumberArray(
        shape, type.read(in.slice(), ByteOrder.BIG_ENDIAN, Math.toIntExact(shape.size())));
  }

  private static NpyType type(String file, byte code) {
    return switch (code) {
      case 0x08 -> NpyType.UNSIGNED_BYTE;
      case 0x09 -> NpyType.BYTE;
      case 0x0B -> NpyType.SHORT;
      case 0x0C -> NpyType.INT;
      case 0x0D -> NpyType.FLOAT;
      case 0x0E -> NpyType.DOUBLE;
      default ->
          throw DataProblem.found(
              file, "an IDX element type 08, 09, 0B, 0C, 0D or 0E", "%02X".formatted(code));
    };
  }

  /// The bytes of an IDX file of unsigned bytes.
  public static byte[] toBytes(Shape shape, byte[] values) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0x08, (byte) shape.dimensions()});
    for (int length : shape.lengths()) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    }
    out.writeBytes(values);
    return out.toByteArray();
  }
}
