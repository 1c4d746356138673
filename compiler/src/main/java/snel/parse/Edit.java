package snel.parse;

import java.util.List;

/// A change of the words that lets the parser go on.
sealed interface Edit {
  /// The first word that is not as before.
  int at();

  record Word(int type, String text) {}

  /// A word before word `at`.
  record Insert(int at, int type, String text) implements Edit {}

  /// One word in place of word `at`.
  record Replace(int at, int type, String text) implements Edit {}

  /// Words `at` up to but without `end` are passed over.
  record Remove(int at, int end) implements Edit {}

  /// Other words in place of words `at` up to but without `end`.
  record Rewrite(int at, int end, List<Word> words) implements Edit {
    public Rewrite {
      words = List.copyOf(words);
    }
  }

  /// Braces around words `from` up to but without `end`; words `at` up to but without `from` are
  /// passed over.
  record Enclose(int at, int from, int end) implements Edit {}
}
