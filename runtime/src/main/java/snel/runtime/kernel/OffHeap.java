package snel.runtime.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Memory outside the heap, by address, for what vectors read again and again: it lies where they
/// want it and stays there. It is kept until the process ends.
final class OffHeap {
  /// All memory.
  static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /// What an address keeps all its bits under. Behind an `and` with it the just-in-time compiler
  /// knows that vectors from an address on, and some behind it, lie in [#MEMORY], and checks none:
  /// each check takes as long as a vector. No method does it, for it might be left a call.
  static final long ADDRESS = (1L << 62) - 1;

  private static final Queue<ByteBuffer> KEPT = new ConcurrentLinkedQueue<>();

  private OffHeap() {}

  /// So many bytes of zeros that begin with a line of the cache. An arena would write the zeros one
  /// by one in a loop that is not compiled yet: 5 ms for 2 MB.
  ///
  /// @throws OutOfMemoryError if there are not so many
  static long allocate(long bytes) {
    int line = LineStart.LINE;
    if (bytes > Integer.MAX_VALUE - line) {
      return Arena.global().allocate(bytes, line).address();
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) bytes + line).alignedSlice(line);
    KEPT.add(buffer);
    return MemorySegment.ofBuffer(buffer).address();
  }

  /// Copies floats to an address. `MemorySegment.copy` from an array would do the same, but makes a
  /// class for its choice of kinds of arrays: 4 ms.
  static void copy(float[] from, int at, long address, int count) {
    long bytes = (long) count * Float.BYTES;
    MemorySegment.copy(
        MemorySegment.ofArray(from), (long) at * Float.BYTES, MEMORY, address, bytes);
  }
}
