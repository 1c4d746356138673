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
    int wide = BlockTurns.whole(width);
    int rest = width - wide;
    int done = 0;
    for (int i = 0; i < high; i += SIDE) {
      int row = fromAt + i * fromLine;
      for (int j = 0; j < wide; j += SIDE) {
        blocks.turn(from, row + j, fromLine, to, toAt + j * toLine + i, toLine);
      }
      int end = row + (SIDE - 1) * fromLine + wide + SIDE;
      if (rest >= LEAST && end <= from.length) {
        int there = toAt + wide * toLine + i;
        blocks.turn(from, row + wide, fromLine, SIDE - 1, rest, to, there, toLine);
        done = i + SIDE;
      }
    }
    for (int i = 0; i < height; i++) {
      for (int j = i < done ? width : i < high ? wide : 0; j < width; j++) {
        to[toAt + j * toLine + i] = from[fromAt + i * fromLine + j];
      }
    }
  }
}
