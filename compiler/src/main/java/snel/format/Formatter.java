package snel.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Diagnostics;
import snel.parse.Parser;
import snel.source.SourceFile;
import snel.syntax.File;

/// Formats programs: one way to indent and to space, the author's lines, columns and comments kept.
public final class Formatter {
  private Formatter() {}

  /// The formatted text, or nothing if `source` has syntax errors, which are reported to
  /// `diagnostics`.
  public static Optional<String> format(SourceFile source, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    File file = Parser.parse(source, found);
    diagnostics.reportAll(found.sorted());
    return found.hasErrors() ? Optional.empty() : Optional.of(formatted(source, file));
  }

  private static String formatted(SourceFile source, File file) {
    String ordered = ClauseOrder.restore(source, file);
    List<Line> lines = Lines.of(Words.of(ordered));
    Map<Chunk, Integer> columns = Alignment.of(lines);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      if (line.blankBefore()) {
        text.append('\n');
      }
      int start = text.length();
      for (Chunk chunk : line.chunks()) {
        text.repeat(' ', columns.getOrDefault(chunk, 0) - (text.length() - start));
        text.append(chunk.text());
      }
      text.append('\n');
    }
    return text.toString();
  }
}
