package snel.runtime.kernel;

/// Matrices turned over block by block, in the vectors that this machine has: rows of an array
/// become columns of memory or of another array. Each user has one of its own.
final class BlockTurns {
  /// Rows and columns of a block; 0 where there are no vectors for it.
  static final int SIDE = EightTurnVector.isPossible() ? EightTurnVector.SIDE : TurnVector.side();

  private static final boolean IN_REGISTERS = EightTurnVector.isPossible();
  private static final int FOURS = SIDE / 4;

  private final long tile = OffHeap.allocate((long) Math.max(1, SIDE * SIDE * Float.BYTES));

  /// How many of so many rows or columns are in whole blocks.
  static int whole(int count) {
    return SIDE == 0 ? 0 : count - count % SIDE;
  }

  /// Columns `0 ..< width`, in whole blocks, of the rows `at + row * stride` of an array, a row at
  /// most `last`, become the vectors at `memory + column * step`.
  void toMemory(float[] array, int at, int stride, int last, long memory, long step, int width) {
    if (IN_REGISTERS) {
      EightTurnVector.arrayToMemory(array, at, stride, last, memory, step, 0, width / SIDE);
      return;
    }
    for (int k = 0; k < width; k += SIDE) {
      TurnVector.arrayToTile(array, at + k, stride, last, tile, 0, FOURS);
      TurnVector.tileToMemory(tile, memory + k * step, step, 0, FOURS);
    }
  }

  /// The other way; leaves 0 in the memory.
  void toArray(long memory, long step, float[] array, int at, int stride, int last, int width) {
    if (IN_REGISTERS) {
      EightTurnVector.memoryToArray(memory, step, array, at, stride, last, 0, width / SIDE);
      return;
    }
    for (int k = 0; k < width; k += SIDE) {
      TurnVector.memoryToTile(memory + k * step, step, tile, 0, FOURS);
      TurnVector.tileToArray(tile, array, at + k, stride, last, 0, FOURS);
    }
  }

  /// One block, from `from[fromAt]` to `to[toAt]`: so many columns of it become rows. Rows behind
  /// `rows` are those of the last one again, and all columns of a block are read.
  void turn(
      float[] from,
      int fromAt,
      int fromLine,
      int rows,
      int columns,
      float[] to,
      int toAt,
      int toLine) {
    int last = rows - 1;
    if (IN_REGISTERS) {
      long line = (long) SIDE * Float.BYTES;
      EightTurnVector.arrayToMemory(from, fromAt, fromLine, last, tile, line, 0, 1);
      EightTurnVector.copy(tile, to, toAt, toLine, 0, columns);
    } else {
      TurnVector.arrayToTile(from, fromAt, fromLine, last, tile, 0, FOURS);
      TurnVector.tileToArray(tile, to, toAt, toLine, columns - 1, 0, FOURS);
    }
  }
}
