package snel.runtime.kernel;

/// Turns matrices over: rows become columns. Each user has one of its own.
public final class Turn {
  private static final int SIDE = BlockTurns.SIDE;

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
    for (int i = 0; i < high; i += SIDE) {
      for (int j = 0; j < wide; j += SIDE) {
        blocks.turn(from, fromAt + i * fromLine + j, fromLine, to, toAt + j * toLine + i, toLine);
      }
    }
    for (int i = 0; i < height; i++) {
      for (int j = i < high ? wide : 0; j < width; j++) {
        to[toAt + j * toLine + i] = from[fromAt + i * fromLine + j];
      }
    }
  }
}
