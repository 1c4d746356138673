package snel.format;

import java.util.ArrayList;
import java.util.List;

/// One line of the result: its words in chunks, each a run of words without blanks between them.
final class Line {
  private final int indentation;
  private final boolean blankBefore;
  private final boolean continues;
  private final List<Chunk> chunks = new ArrayList<>();

  /// @param continues whether it goes on with a statement of the line before
  Line(int indentation, boolean blankBefore, boolean continues) {
    this.indentation = indentation;
    this.blankBefore = blankBefore;
    this.continues = continues;
  }

  int indentation() {
    return indentation;
  }

  boolean blankBefore() {
    return blankBefore;
  }

  boolean continues() {
    return continues;
  }

  List<Chunk> chunks() {
    return chunks;
  }
}
