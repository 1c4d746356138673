package snel.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import snel.source.SourceFile;
import snel.syntax.Comment;

/// Finds the `///` lines that document what follows: consecutive lines of nothing else, right
/// above.
final class Documentation {
  private final String text;
  private final List<Comment> comments;

  Documentation(SourceFile file, List<Comment> comments) {
    this.text = file.text();
    this.comments = comments;
  }

  /// The documentation of what begins at `offset`.
  String above(int offset) {
    Deque<String> lines = new ArrayDeque<>();
    int below = offset;
    for (int i = lastBefore(offset); i >= 0; i--) {
      Comment comment = comments.get(i);
      if (!isOnTheLineAbove(comment, below)) {
        break;
      }
      lines.addFirst(withoutFirstBlank(comment.text()));
      below = comment.span().start();
    }
    return String.join("\n", lines);
  }

  /// The block that opens the file, unless it documents the declaration that begins at
  /// `firstDeclaration` (an offset; the length of the text if there is none).
  String ofFile(int firstDeclaration) {
    StringBuilder found = new StringBuilder();
    int end = 0;
    for (Comment comment : comments) {
      int breaks = blankLineBreaks(end, comment.span().start());
      boolean follows = breaks <= (end == 0 ? Integer.MAX_VALUE - 1 : 1);
      if (!comment.documents() || !follows) {
        break;
      }
      found.append(end == 0 ? "" : "\n").append(withoutFirstBlank(comment.text()));
      end = comment.span().end();
    }
    boolean documentsDeclaration = end > 0 && blankLineBreaks(end, firstDeclaration) == 1;
    return documentsDeclaration && firstDeclaration < text.length() ? "" : found.toString();
  }

  private int lastBefore(int offset) {
    int low = 0;
    int high = comments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (comments.get(middle).span().start() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private boolean isOnTheLineAbove(Comment comment, int offset) {
    return comment.documents()
        && blankLineBreaks(comment.span().end(), offset) == 1
        && beginsItsLine(comment.span().start());
  }

  private boolean beginsItsLine(int offset) {
    for (int i = offset - 1; i >= 0 && !isLineBreak(text.charAt(i)); i--) {
      if (!isBlank(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// How many line breaks lie between; very many if there is anything but blanks.
  private int blankLineBreaks(int from, int to) {
    int breaks = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' && !(i + 1 < to && text.charAt(i + 1) == '\n')) {
        breaks++;
      } else if (!isBlank(c)) {
        return Integer.MAX_VALUE;
      }
    }
    return breaks;
  }

  /// A `;` says nothing here.
  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || c == ';' || c == '\uFEFF';
  }

  private static boolean isLineBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private static String withoutFirstBlank(String line) {
    return line.startsWith(" ") ? line.substring(1) : line;
  }
}
