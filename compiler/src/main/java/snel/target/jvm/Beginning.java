package snel.target.jvm;

import java.lang.reflect.Array;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Role;

/// What the arrays of a network hold before its first step, those of its wiring left out.
final class Beginning {
  /// More than this is not kept: it is as quickly built again.
  private static final long MOST_BYTES = 128 << 20;

  /// Copies, of those arrays that do not hold nothing but zeros.
  private final Map<String, Object> copies = new HashMap<>();

  private final Set<Buffer> standing;

  private Beginning(Set<Buffer> standing) {
    this.standing = standing;
  }

  /// @param changing buffers that kernels write after the network was built
  static Optional<Beginning> of(Memory memory, Set<Buffer> changing) {
    Beginning beginning = new Beginning(memory.buffers(Role.WIRING));
    beginning.standing.removeAll(changing);
    long bytes = 0;
    for (Buffer buffer : memory.buffers()) {
      if (beginning.isKept(buffer, memory) && !isZero(memory.array(buffer.name()))) {
        bytes += memory.bytes(buffer);
        if (bytes > MOST_BYTES) {
          return Optional.empty();
        }
        beginning.copies.put(buffer.name(), Memory.copy(memory.array(buffer.name())));
      }
    }
    return Optional.of(beginning);
  }

  private boolean isKept(Buffer buffer, Memory memory) {
    return !standing.contains(buffer) && memory.has(buffer.name());
  }

  private static boolean isZero(Object array) {
    return switch (array) {
      case float[] all -> isAll(all.length, k -> Float.floatToRawIntBits(all[k]));
      case double[] all -> isAll(all.length, k -> Double.doubleToRawLongBits(all[k]));
      case int[] all -> isAll(all.length, k -> all[k]);
      case long[] all -> isAll(all.length, k -> all[k]);
      case char[] all -> isAll(all.length, k -> all[k]);
      case byte[] all -> isAll(all.length, k -> all[k]);
      default -> throw new IllegalArgumentException("no array of numbers: " + array);
    };
  }

  private interface Bits {
    long of(int index);
  }

  private static boolean isAll(int length, Bits bits) {
    for (int k = 0; k < length; k++) {
      if (bits.of(k) != 0) {
        return false;
      }
    }
    return true;
  }

  void restore(Memory memory) {
    for (Buffer buffer : memory.buffers()) {
      if (isKept(buffer, memory)) {
        Object array = memory.array(buffer.name());
        Object copy = copies.get(buffer.name());
        if (copy == null) {
          Memory.clear(array);
        } else {
          System.arraycopy(copy, 0, array, 0, Array.getLength(array));
        }
      }
    }
  }
}
