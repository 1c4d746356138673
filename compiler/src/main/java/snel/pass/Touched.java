package snel.pass;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import snel.ir.Buffer;

/// Buffers that something reads or writes. A step of many populations has thousands of parts, and
/// most pairs of them share none, which is told without looking at the buffers.
///
/// @param marks a bit for some of the buffers each, in [#WORDS] words: sets without a common bit
///   have nothing in common
record Touched(Set<Buffer> buffers, long[] marks) {
  private static final int WORDS = 8;

  static final Touched NOTHING = new Touched(Set.of());

  Touched(Set<Buffer> buffers) {
    this(Set.copyOf(buffers), marks(buffers));
  }

  private static long[] marks(Set<Buffer> buffers) {
    long[] marks = new long[WORDS];
    for (Buffer buffer : buffers) {
      int hash = buffer.hashCode() * 0x9E3779B9;
      marks[hash >>> 29] |= 1L << (hash >>> 23);
    }
    return marks;
  }

  Touched and(Touched more) {
    Set<Buffer> both = new HashSet<>(buffers);
    both.addAll(more.buffers);
    return new Touched(both);
  }

  /// Whether a buffer is in both.
  boolean meets(Touched others) {
    return haveCommonMarks(others) && !Collections.disjoint(buffers, others.buffers);
  }

  private boolean haveCommonMarks(Touched others) {
    long common = 0;
    for (int word = 0; word < WORDS; word++) {
      common |= marks[word] & others.marks[word];
    }
    return common != 0;
  }
}
