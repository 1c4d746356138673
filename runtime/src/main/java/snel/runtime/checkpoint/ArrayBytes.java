package snel.runtime.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Moves arrays of numbers to and from streams, a chunk at a time, in little-endian order.
public final class ArrayBytes {
  private static final int CHUNK = 1 << 13;

  private ArrayBytes() {}

  static void write(Object array, OutputStream out) throws IOException {
    for (byte[] piece : (Iterable<byte[]>) pieces(array)::iterator) {
      out.write(piece);
    }
  }

  /// The bytes of an array of `byte` to `double`, a chunk at a time.
  public static Stream<byte[]> pieces(Object array) {
    int bytes = SectionType.of(array).bytes();
    int length = Array.getLength(array);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * 8).order(ByteOrder.LITTLE_ENDIAN);
    return IntStream.iterate(0, from -> from < length, from -> from + CHUNK)
        .mapToObj(from -> {
          int count = Math.min(CHUNK, length - from);
          put(array, from, count, chunk);
          return Arrays.copyOf(chunk.array(), count * bytes);
        });
  }

  private static void put(Object array, int from, int count, ByteBuffer chunk) {
    chunk.clear();
    switch (array) {
      case byte[] bytes -> chunk.put(bytes, from, count);
      case short[] shorts -> chunk.asShortBuffer().put(shorts, from, count);
      case char[] chars -> chunk.asCharBuffer().put(chars, from, count);
      case int[] ints -> chunk.asIntBuffer().put(ints, from, count);
      case long[] longs -> chunk.asLongBuffer().put(longs, from, count);
      case float[] floats -> chunk.asFloatBuffer().put(floats, from, count);
      case double[] doubles -> chunk.asDoubleBuffer().put(doubles, from, count);
      default -> throw new IllegalArgumentException("no section holds " + array.getClass());
    }
  }

  static Object read(SectionType type, int length, InputStream in) throws IOException {
    Object array = type.array(length);
    byte[] bytes = new byte[CHUNK * 8];
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      if (in.readNBytes(bytes, 0, count * type.bytes()) < count * type.bytes()) {
        throw new EOFException();
      }
      get(array, from, count, chunk);
    }
    return array;
  }

  private static void get(Object array, int from, int count, ByteBuffer chunk) {
    chunk.clear();
    switch (array) {
      case byte[] bytes -> chunk.get(bytes, from, count);
      case short[] shorts -> chunk.asShortBuffer().get(shorts, from, count);
      case char[] chars -> chunk.asCharBuffer().get(chars, from, count);
      case int[] ints -> chunk.asIntBuffer().get(ints, from, count);
      case long[] longs -> chunk.asLongBuffer().get(longs, from, count);
      case float[] floats -> chunk.asFloatBuffer().get(floats, from, count);
      case double[] doubles -> chunk.asDoubleBuffer().get(doubles, from, count);
      default -> throw new IllegalArgumentException("no section holds " + array.getClass());
    }
  }
}
