package snel.runtime.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.util.Optional;

/// Copies arrays to where a line of the cache begins. A vector as wide as a line that is stored
/// elsewhere meets two of them, which takes twice as long.
///
/// Java does not say where an array lies, so the JVM is asked by what its own library asks it with,
/// if it exports that: `--add-exports java.base/jdk.internal.misc=ALL-UNNAMED`. Otherwise arrays
/// stay where they are, which changes nothing but the time. Nor is an array kept from being moved
/// later, when the heap is tidied up; but those that begin their lives among the old objects
/// (`-XX:PretenureSizeThreshold`) stay there.
public final class LineStart {
  public static final int LINE = 64;

  /// Longer arrays lie in no cache close by, and their lines are waited for anyway.
  private static final int MOST_BYTES = 1 << 20;

  /// As a rule the second array is there; another thread may allocate meanwhile.
  private static final int ATTEMPTS = 8;

  /// More than all young objects take in a JVM that `./snel` starts.
  private static final int MOST_PIECES = 1 << 12;

  /// So small that it is a young object.
  private static final int PIECE = 1 << 14;

  private static final int OBJECT_ALIGNMENT = 8;
  private static final int COMPRESSED = 4;

  /// Kept, for nothing may be allocated between an array and the next.
  private final Object[] holder = new Object[1];

  private final MethodHandle read;
  private final long place;
  private final long mask;
  private final int base;

  /// References are kept as addresses divided by a power of two.
  private final int shift;

  /// @param read the reference at a place in an array, as a number
  /// @param place of the first reference
  /// @param base bytes of an array before its first element
  private LineStart(MethodHandle read, long place, boolean isCompressed, int base) {
    this.read = read;
    this.place = place;
    this.mask = isCompressed ? 0xffff_ffffL : -1;
    this.base = base;
    this.shift = isCompressed ? shift() : 0;
  }

  /// Empty if the JVM does not tell.
  public static Optional<LineStart> ofMachine() {
    try {
      Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object unsafe = type.getMethod("getUnsafe").invoke(null);
      int width = number(type, unsafe, "arrayIndexScale", Object[].class);
      boolean isCompressed = width == COMPRESSED;
      MethodHandle read =
          lookup
              .findVirtual(
                  type,
                  isCompressed ? "getInt" : "getLong",
                  MethodType.methodType(
                      isCompressed ? int.class : long.class, Object.class, long.class))
              .bindTo(unsafe)
              .asType(MethodType.methodType(long.class, Object.class, long.class));
      int place = number(type, unsafe, "arrayBaseOffset", Object[].class);
      int base = number(type, unsafe, "arrayBaseOffset", byte[].class);
      boolean isUniform = number(type, unsafe, "arrayBaseOffset", double[].class) == base;
      LineStart made = new LineStart(read, place, isCompressed, base);
      return isUniform && made.shift >= 0 ? Optional.of(made) : Optional.empty();
    } catch (ReflectiveOperationException _) {
      return Optional.empty();
    }
  }

  private static int number(Class<?> type, Object unsafe, String name, Class<?> array)
      throws ReflectiveOperationException {
    return ((Number) type.getMethod(name, Class.class).invoke(unsafe, array)).intValue();
  }

  /// Makes the JVM tidy up young objects now, which would move arrays when it had to soon.
  public void tidyUp() {
    var young = new WeakReference<>(new Object());
    for (int piece = 0; piece < MOST_PIECES && !young.refersTo(null); piece++) {
      Reference.reachabilityFence(new byte[PIECE]);
    }
  }

  /// The array itself if it begins with a line, is short or is long, else a copy.
  public Object of(Object array) {
    long size = bytes(array);
    if (size < LINE || size > MOST_BYTES || past(array) == 0) {
      return array;
    }
    Class<?> element = array.getClass().getComponentType();
    int length = Array.getLength(array);
    Object copy = Array.newInstance(element, length);
    for (int attempt = 1; attempt < ATTEMPTS && past(copy) != 0; attempt++) {
      // no smaller than the array, so that both lie among the young objects, or both among the old
      int room = filler(start(copy) + whole(base + size));
      byte[] filler = new byte[room + (int) (size + LINE - 1) / LINE * LINE];
      copy = Array.newInstance(element, length);
      Reference.reachabilityFence(filler);
    }
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }

  /// Bytes from the beginning of a line to the first element of an array.
  public int past(Object array) {
    return (int) ((start(array) + base) % LINE);
  }

  /// The length of an array of bytes at `end` behind which an array would begin with a line.
  private int filler(long end) {
    int room = (int) Math.floorMod(-(end + base), (long) LINE);
    return room < base ? room + LINE - base : room - base;
  }

  private static long whole(long size) {
    return (size + OBJECT_ALIGNMENT - 1) / OBJECT_ALIGNMENT * OBJECT_ALIGNMENT;
  }

  private static long bytes(Object array) {
    int width =
        switch (array) {
          case byte[] _ -> Byte.BYTES;
          case char[] _ -> Character.BYTES;
          case int[] _ -> Integer.BYTES;
          case long[] _ -> Long.BYTES;
          case float[] _ -> Float.BYTES;
          case double[] _ -> Double.BYTES;
          default -> throw new IllegalArgumentException(array.getClass().getName());
        };
    return (long) width * Array.getLength(array);
  }

  private long start(Object array) {
    return kept(array) << shift;
  }

  private long kept(Object array) {
    holder[0] = array;
    try {
      return (long) read.invokeExact((Object) holder, place) & mask;
    } catch (Throwable problem) {
      throw new IllegalStateException("the JVM does not read its own arrays", problem);
    }
  }

  /// By which factor, as a power of two, the references to two objects one behind the other are
  /// closer than these; -1 if that does not show.
  private int shift() {
    int size = 1 << 10;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] first = new byte[size - base];
      byte[] second = new byte[size - base];
      long apart = kept(second) - kept(first);
      if (apart == size || apart == size / OBJECT_ALIGNMENT) {
        return Long.numberOfTrailingZeros(size / apart);
      }
    }
    return -1;
  }
}
