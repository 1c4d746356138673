package snel.runtime.kernel;

import java.lang.foreign.Arena;

/// Turns matrices over: rows become columns. Each user has one of its own.
public final class Turn {
  private static final int SIDE = TurnVector.SIDE;

  /// The methods in vectors are those of [PatchVector#warmUp].
  private final long tile =
      Arena.global().allocate((long) SIDE * SIDE * Float.BYTES, SIDE * Float.BYTES).address();

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
    boolean inBlocks = TurnVector.isPossible();
    int high = inBlocks ? height - height % SIDE : 0;
    int wide = inBlocks ? width - width % SIDE : 0;
    for (int i = 0; i < high; i += SIDE) {
      for (int j = 0; j < wide; j += SIDE) {
        TurnVector.arrayToTile(
            from, fromAt + i * fromLine + j, fromLine, SIDE - 1, tile, 0, SIDE / 4);
        TurnVector.tileToArray(tile, to, toAt + j * toLine + i, toLine, SIDE - 1, 0, SIDE / 4);
      }
    }
    for (int i = 0; i < height; i++) {
      for (int j = i < high ? wide : 0; j < width; j++) {
        to[toAt + j * toLine + i] = from[fromAt + i * fromLine + j];
      }
    }
  }
}
