package snel.source;

/// A half-open range of UTF-16 code units in one file: from `start` (inclusive) to `end`
/// (exclusive).
public record Span(SourceFile file, int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("bad span " + start + ".." + end);
    }
  }

  /// What is written there.
  public String text() {
    return file.text().substring(start, end);
  }

  /// The smallest span that holds this one and `other` (of the same file).
  public Span to(Span other) {
    return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
  }
}
