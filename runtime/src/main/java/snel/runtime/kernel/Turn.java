package snel.runtime.kernel;

/// Turns matrices over: rows become columns. Each user has one of its own.
public final class Turn {
  private static final int SIDE = BlockTurns.SIDE;

  /// Fewer columns are turned sooner one by one than as a block that is not full.
  private static final int LEAST = 4;

  /// The methods in vectors are those of [PatchVector#warmUp].
  private final BlockTurns blocks = new BlockTurns();

  /// `to[toAt + j * toLine + i] = from[fromAt + i * fromLine + j]`, i in `0 ..< height`, j in `0
  /// ..< width`.
  public void turn(
      float[] to,
      int toAt,
      int toLine,
      float[] from,
      int fromAt,
      int fromLine,
      int height,
      int width) {
    int high = BlockTurns.whole(height);
    for (int i = 0; i < height; ) {
      int rows = i < high ? SIDE : height - i;
      int row = fromAt + i * fromLine;
      int columns = i < high ? inBlocks(from.length - row, fromLine, width) : 0;
      for (int j = 0; j < columns; j += SIDE) {
        int there = toAt + j * toLine + i;
        int some = Math.min(SIDE, columns - j);
        blocks.turn(from, row + j, fromLine, SIDE, some, to, there, toLine);
      }
      for (int end = i + rows; i < end; i++) {
        for (int j = columns; j < width; j++) {
          to[toAt + j * toLine + i] = from[fromAt + i * fromLine + j];
        }
      }
    }
  }

  /// Columns of rows that are turned in blocks. One that is not full is read as a whole.
  private static int inBlocks(int room, int fromLine, int width) {
    int whole = BlockTurns.whole(width);
    boolean more = width - whole >= LEAST && (SIDE - 1) * fromLine + whole + SIDE <= room;
    return more ? width : whole;
  }
}
