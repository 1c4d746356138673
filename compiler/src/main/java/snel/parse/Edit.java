package snel.parse;

/// A change of the words that lets the parser go on.
sealed interface Edit {
  /// The first word that is not as before.
  int at();

  /// A word before word `at`.
  record Insert(int at, int type, String text) implements Edit {}

  /// One word in place of word `at`.
  record Replace(int at, int type, String text) implements Edit {}

  /// Words `at` up to but without `end` are passed over.
  record Remove(int at, int end) implements Edit {}
}
