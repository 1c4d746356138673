package snel.runtime.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.ProblemKind;

/// Reads and writes NumPy's NPY arrays: whole numbers of 1 to 8 bytes, floats of 2, 4 and 8, truth
/// values; either byte order and either order of dimensions.
public final class Npy {
  static final String KIND = "an NPY array";
  private static final int CHUNK = 1 << 13;
  private static final int LAST_VERSION = 3;

  private Npy() {}

  public static NumberArray read(DataFile file) {
    return parse(file.name(), FileContent.bytes(file, KIND));
  }

  /// Reads an array from the bytes of an NPY file.
  static NumberArray parse(String file, byte[] content) {
    byte[] magic = NpyHeader.MAGIC;
    boolean isNpy =
        content.length >= magic.length
            && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
    if (!isNpy) {
      throw DataProblem.found(
          file, KIND + " (first bytes 93 4E 55 4D 50 59)", FileKind.told(content));
    }
    if (content.length < 12) {
      throw DataProblem.truncated(file, "a header", content.length + " bytes in all");
    }
    if (content[6] < 1 || content[6] > LAST_VERSION || content[7] != 0) {
      throw DataProblem.found(
          file,
          KIND + " of version 1.0, 2.0 or 3.0",
          "one of version " + (content[6] & 0xff) + "." + (content[7] & 0xff));
    }
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    boolean shortLength = content[6] == 1;
    int start = shortLength ? 10 : 12;
    long length = shortLength ? in.getShort(8) & 0xffff : in.getInt(8) & 0xffffffffL;
    if (start + length > content.length) {
      throw DataProblem.truncated(
          file, "a header of " + length + " bytes", (content.length - start) + " bytes");
    }
    int data = start + (int) length;
    NpyHeader header =
        NpyHeader.parse(
            file, new String(content, start, (int) length, StandardCharsets.ISO_8859_1));
    return array(file, header, in.position(data).slice());
  }

  private static NumberArray array(String file, NpyHeader header, ByteBuffer data) {
    @Nullable NpyType type =
        header.type().isEmpty() ? null : NpyType.of(header.type().substring(1));
    if (type == null) {
      throw DataProblem.found(
          file, "whole or floating-point numbers", "elements of NumPy type " + header.type());
    }
    long bytes = header.shape().bytes(type.bytes());
    if (data.remaining() != bytes) {
      String expected =
          "%d bytes for shape %s of %s".formatted(bytes, header.shape(), header.type());
      throw data.remaining() < bytes
          ? DataProblem.truncated(file, expected, data.remaining() + " bytes")
          : DataProblem.found(
              ProblemKind.FILE_UNREADABLE, file, expected, data.remaining() + " bytes");
    }
    Numbers values = type.read(data, header.order(), (int) header.shape().size());
    NumberArray array = new NumberArray(header.shape(), checked(file, type, values));
    return header.lastIndexFastest() || header.shape().dimensions() < 2
        ? array
        : firstIndexFastest(array);
  }

  static Numbers checked(String file, NpyType type, Numbers values) {
    if (type == NpyType.UNSIGNED_LONG && values instanceof Numbers.Longs(long[] longs)) {
      for (long value : longs) {
        if (value < 0) {
          throw DataProblem.found(
              ProblemKind.BAD_SAMPLE,
              file,
              "whole numbers below 2^63",
              Long.toUnsignedString(value));
        }
      }
    }
    return values;
  }

  /// Brings an array stored with the first index fastest into our order.
  private static NumberArray firstIndexFastest(NumberArray stored) {
    Shape shape = stored.shape();
    int size = stored.values().length();
    int[] from = new int[size];
    for (int at = 0; at < size; at++) {
      int rest = at;
      int source = 0;
      int stride = size;
      for (int d = shape.dimensions() - 1; d >= 0; d--) {
        stride /= shape.length(d);
        source += rest % shape.length(d) * stride;
        rest /= shape.length(d);
      }
      from[at] = source;
    }
    return new NumberArray(shape, picked(stored.values(), from));
  }

  private static Numbers picked(Numbers values, int[] from) {
    double[] doubles = new double[from.length];
    long[] longs = new long[values.isWhole() ? from.length : 0];
    for (int i = 0; i < from.length; i++) {
      if (values.isWhole()) {
        longs[i] = values.whole(from[i]);
      } else {
        doubles[i] = values.real(from[i]);
      }
    }
    return values.isWhole() ? new Numbers.Longs(longs) : new Numbers.Doubles(doubles);
  }

  /// Writes an array in little-endian order, floats as `f4`, doubles as `f8`, whole numbers as they
  /// are stored.
  public static void write(NumberArray array, OutputStream out) throws IOException {
    out.write(new NpyHeader(typeOf(array.values()), true, array.shape()).toBytes());
    Numbers values = array.values();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length(); from += CHUNK) {
      chunk.clear();
      put(values, from, Math.min(CHUNK, values.length() - from), chunk);
      out.write(chunk.array(), 0, chunk.position());
    }
  }

  private static String typeOf(Numbers values) {
    return switch (values) {
      case Numbers.Bytes _ -> "|u1";
      case Numbers.Ints _ -> "<i4";
      case Numbers.Longs _ -> "<i8";
      case Numbers.Floats _ -> "<f4";
      case Numbers.Doubles _ -> "<f8";
    };
  }

  private static void put(Numbers values, int from, int count, ByteBuffer out) {
    switch (values) {
      case Numbers.Bytes(ByteBuffer bytes) -> out.put(bytes.slice(from, count));
      case Numbers.Ints(int[] ints) -> {
        out.asIntBuffer().put(ints, from, count);
        out.position(4 * count);
      }
      case Numbers.Longs(long[] longs) -> {
        out.asLongBuffer().put(longs, from, count);
        out.position(8 * count);
      }
      case Numbers.Floats(float[] floats) -> {
        out.asFloatBuffer().put(floats, from, count);
        out.position(4 * count);
      }
      case Numbers.Doubles(double[] doubles) -> {
        out.asDoubleBuffer().put(doubles, from, count);
        out.position(8 * count);
      }
    }
  }
}
