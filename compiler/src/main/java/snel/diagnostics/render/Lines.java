package snel.diagnostics.render;

import snel.source.LineMap;
import snel.source.SourceFile;

/// The lines of one file as they are shown; columns count characters, from 1.
record Lines(String text, LineMap map) {
  static Lines of(SourceFile file) {
    return new Lines(file.text(), new LineMap(file.text()));
  }

  int line(int offset) {
    return map.line(Math.min(offset, text.length()));
  }

  int column(int offset) {
    int start = map.start(line(offset));
    return text.codePointCount(start, Math.max(start, Math.min(offset, text.length()))) + 1;
  }

  int start(int line) {
    return map.start(line);
  }

  /// The text of `line` without its line break.
  String text(int line) {
    int start = map.start(line);
    int end = map.end(line);
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }
}
