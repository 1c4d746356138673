package snel.check;

import snel.source.Span;

/// Finds names in plain text.
final class Words {
  private Words() {}

  /// Whether `word` stands as a whole word in the text at `span`.
  static boolean contains(Span span, String word) {
    String text = span.file().text();
    for (int at = text.indexOf(word, span.start(), span.end());
        at >= 0;
        at = text.indexOf(word, at + 1, span.end())) {
      boolean begins = at == 0 || !isPart(text.charAt(at - 1));
      int end = at + word.length();
      if (begins && (end == text.length() || !isPart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
