package snel.target.jvm;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import snel.ir.Buffer;
import snel.ir.Nodes;
import snel.ir.Stmt;

/// In what strips a loop is done that is cut into parts. Parts hand their locals on in arrays, and
/// read the same states: in a strip, all parts of it come one after the other, and find them in a
/// near cache.
final class Strips {
  /// Bytes that a strip may take of the nearest cache, which has 32 to 48 KB.
  private static final int NEAREST = 32 << 10;

  /// Bytes that the second cache of most processors has. Narrower vectors work so long on what they
  /// load that it is near enough.
  private static final int SECOND = 1 << 20;

  private static final int WIDE = 512;

  /// With fewer iterations in a strip, to begin a part anew costs more than it saves.
  private static final int LEAST = 128;

  private static final int LEAST_PARTS = 3;

  private Strips() {}

  /// How many iterations a strip has; empty where the whole range is done part by part.
  ///
  /// @param bits size of vectors
  static Optional<Integer> of(List<Stmt.Loop> parts, int bits) {
    if (parts.size() < LEAST_PARTS) {
      return Optional.empty();
    }
    Set<Buffer> arrays = Nodes.buffers(parts.stream().map(Stmt.class::cast).toList());
    int bytes = arrays.stream().mapToInt(buffer -> buffer.cell().bytes()).sum();
    int length = Integer.highestOneBit(NEAREST / bytes);
    boolean pays = bits >= WIDE || VectorPlan.iterations(parts.getFirst()) * bytes > SECOND;
    return length >= LEAST && pays ? Optional.of(length) : Optional.empty();
  }
}
