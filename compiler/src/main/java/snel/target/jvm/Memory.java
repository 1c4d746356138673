package snel.target.jvm;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import snel.ir.Buffer;
import snel.ir.Length;
import snel.ir.Program;
import snel.ir.Role;
import snel.runtime.kernel.LineStart;
import snel.runtime.kernel.StateHash;

/// The elements of a program's buffers: one primitive array each, allocated when its length is
/// known.
final class Memory {
  /// Of a line of the cache, or few.
  private static final int FEW_BYTES = 320;

  /// More than a line, and what is read ahead with it.
  private static final int APART_BYTES = 256;

  private final List<Buffer> buffers;

  /// Lies between what steps write and what they only read.
  private byte[] apart = new byte[0];

  private final Map<String, Object> arrays = new HashMap<>();

  Memory(Program program) {
    this.buffers = program.buffers();
    for (Buffer buffer : buffers) {
      if (buffer.length() instanceof Length.Fixed(long count)) {
        allocate(buffer, count);
      }
    }
  }

  /// One that shares its arrays but for those named, of which it has copies.
  private Memory(Memory other, Set<String> own) {
    this.buffers = other.buffers;
    other.arrays.forEach(
        (name, array) -> arrays.put(name, own.contains(name) ? copy(array) : array));
  }

  Memory twin(Set<String> own) {
    return new Memory(this, own);
  }

  /// Allocates every buffer that has elements for each synapse of a wiring, unless it is there.
  void allocateSynapses(String wiring, int synapses) {
    for (Buffer buffer : buffers) {
      if (buffer.length() instanceof Length.Synapses(String name, int each)
          && name.equals(wiring)
          && !arrays.containsKey(buffer.name())) {
        allocate(buffer, (long) synapses * each);
      }
    }
  }

  private void allocate(Buffer buffer, long count) {
    if (count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "buffer " + buffer.name() + " has " + count + " elements: more than a Java array holds");
    }
    arrays.put(buffer.name(), ArrayType.allocate(buffer.cell(), (int) count));
  }

  /// Lets the arrays that a step goes through begin with a line of the cache, where the JVM tells
  /// where they begin, and brings those of a few bytes together: counts and flags, which one thread
  /// writes and all read. Nobody else may hold one yet.
  ///
  /// @param which buffers may be moved
  /// @param changing what steps write
  void startAtLines(Predicate<Buffer> which, Set<Buffer> changing) {
    Optional<LineStart> lines = LineStart.ofMachine();
    if (lines.isPresent()) {
      lines.get().tidyUp();
      Predicate<Buffer> few = which.and(buffer -> bytes(buffer) <= FEW_BYTES);
      together(few.and(buffer -> !changing.contains(buffer)), Memory::copy);
      apart = new byte[APART_BYTES];
      together(few.and(changing::contains), Memory::copy);
      together(which.and(buffer -> bytes(buffer) > FEW_BYTES), lines.get()::of);
    }
  }

  /// Replaces those of the arrays of fixed length, one after the other.
  private void together(Predicate<Buffer> which, UnaryOperator<Object> copy) {
    for (Buffer buffer : buffers) {
      if (buffer.length() instanceof Length.Fixed
          && arrays.containsKey(buffer.name())
          && which.test(buffer)) {
        arrays.put(buffer.name(), copy.apply(array(buffer.name())));
      }
    }
  }

  static Object copy(Object array) {
    int length = Array.getLength(array);
    Object copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }

  /// Adds arrays that are no state of the program, each with so many elements more than it needs.
  void add(List<Buffer> more, int room) {
    for (Buffer buffer : more) {
      allocate(buffer, length(buffer.length()) + room);
    }
  }

  private long length(Length length) {
    return length instanceof Length.Fixed(long count)
        ? count
        : buffers.stream()
            .filter(buffer -> buffer.length().equals(length) && has(buffer.name()))
            .mapToLong(buffer -> Array.getLength(array(buffer.name())))
            .findFirst()
            .orElseThrow();
  }

  /// Gives an array so many more elements. Nobody else may hold it yet.
  void lengthen(Buffer buffer, long more) {
    Object old = array(buffer.name());
    int length = Array.getLength(old);
    Object longer = ArrayType.allocate(buffer.cell(), Math.toIntExact(length + more));
    System.arraycopy(old, 0, longer, 0, length);
    arrays.put(buffer.name(), longer);
  }

  /// Takes an array as a buffer's, if it is of its kind; else the buffer is allocated later.
  void adopt(Buffer buffer, Object array) {
    boolean alike = ArrayType.of(buffer.cell()).descriptor.equals(array.getClass().getName());
    if (alike && buffer.length() instanceof Length.Synapses) {
      arrays.put(buffer.name(), array);
    }
  }

  /// Forgets a buffer that nothing uses any more, and tells how many bytes it took.
  long release(Buffer buffer) {
    Object array = arrays.remove(buffer.name());
    return array == null ? 0 : bytes(buffer, array);
  }

  Object array(String buffer) {
    Object array = arrays.get(buffer);
    if (array == null) {
      throw new IllegalArgumentException("no buffer " + buffer);
    }
    return array;
  }

  int[] ints(Buffer buffer) {
    return (int[]) array(buffer.name());
  }

  long[] longs(Buffer buffer) {
    return (long[]) array(buffer.name());
  }

  Map<String, Object> arrays() {
    return arrays;
  }

  /// Sets elements to `values`: one each, or the same for all.
  void fill(Buffer buffer, double[] values) {
    boolean same = values.length == 1;
    switch (array(buffer.name())) {
      case float[] array -> {
        for (int i = 0; i < array.length; i++) {
          array[i] = (float) values[same ? 0 : i];
        }
      }
      case double[] array -> {
        for (int i = 0; i < array.length; i++) {
          array[i] = values[same ? 0 : i];
        }
      }
      default -> fill(buffer, Arrays.stream(values).mapToLong(value -> (long) value).toArray());
    }
  }

  /// Sets elements to `values`, keeping the low bits of each: one each, or the same for all.
  void fill(Buffer buffer, long[] values) {
    boolean same = values.length == 1;
    switch (array(buffer.name())) {
      case byte[] array -> {
        for (int i = 0; i < array.length; i++) {
          array[i] = (byte) values[same ? 0 : i];
        }
      }
      case char[] array -> {
        for (int i = 0; i < array.length; i++) {
          array[i] = (char) values[same ? 0 : i];
        }
      }
      case int[] array -> {
        for (int i = 0; i < array.length; i++) {
          array[i] = (int) values[same ? 0 : i];
        }
      }
      case long[] array -> {
        for (int i = 0; i < array.length; i++) {
          array[i] = values[same ? 0 : i];
        }
      }
      default -> fill(buffer, Arrays.stream(values).asDoubleStream().toArray());
    }
  }

  /// Zeroes what `reset all` clears before its kernels run.
  void clearDynamicState() {
    for (Buffer buffer : buffers) {
      if (buffer.isCleared()) {
        clear(array(buffer.name()));
      }
    }
  }

  static void clear(Object array) {
    switch (array) {
      case byte[] bytes -> Arrays.fill(bytes, (byte) 0);
      case char[] chars -> Arrays.fill(chars, (char) 0);
      case int[] ints -> Arrays.fill(ints, 0);
      case long[] longs -> Arrays.fill(longs, 0);
      case float[] floats -> Arrays.fill(floats, 0);
      case double[] doubles -> Arrays.fill(doubles, 0);
      default -> throw new IllegalArgumentException("no array of numbers: " + array);
    }
  }

  List<Buffer> buffers() {
    return buffers;
  }

  Set<Buffer> buffers(Role role) {
    return buffers.stream()
        .filter(buffer -> buffer.role() == role)
        .collect(Collectors.toCollection(HashSet::new));
  }

  boolean has(String buffer) {
    return arrays.containsKey(buffer);
  }

  long bytes() {
    return buffers.stream().mapToLong(this::bytes).sum();
  }

  /// Bytes of a buffer, none if it has not been allocated.
  long bytes(Buffer buffer) {
    Object array = arrays.get(buffer.name());
    return array == null ? 0 : bytes(buffer, array);
  }

  private static long bytes(Buffer buffer, Object array) {
    return (long) Array.getLength(array) * buffer.cell().bytes();
  }

  long stateHash() {
    long hash = 0;
    for (Buffer buffer : buffers) {
      if (buffer.isState()) {
        hash = StateHash.add(hash, array(buffer.name()));
      }
    }
    return hash;
  }
}
