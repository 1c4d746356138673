package snel.lower.protocol;

import java.util.HashMap;
import java.util.Map;
import snel.ir.protocol.Place;
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;

/// Where statements stand, for messages while they run.
final class Places {
  private static final int LONGEST = 100;

  private final Map<SourceFile, LineMap> maps = new HashMap<>();
  private final Map<SourceFile, Span> authors = new HashMap<>();

  /// What stands in `generated` is told at `written`, the author's words that it was made for.
  void standsFor(SourceFile generated, Span written) {
    authors.put(generated, written);
  }

  Place of(Span anywhere) {
    Span span = authors.getOrDefault(anywhere.file(), anywhere);
    SourceFile file = span.file();
    LineMap map = maps.computeIfAbsent(file, f -> new LineMap(f.text()));
    return new Place(file.name(), map.line(span.start()), text(span));
  }

  /// The source of a span on one line.
  static String text(Span span) {
    String written = span.text();
    String line = written.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
