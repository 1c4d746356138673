package snel.format;

/// One word, sign or comment of the text and what the formatter must know about it.
///
/// @param text what is printed
/// @param type the token's type
/// @param rule the rule of the grammar that it stands in directly; -1 for comments
/// @param begins what begins with it
/// @param line the line of the source on which it stands
/// @param column its column there, from 0
/// @param newLine whether it is the first on its line in the source
/// @param blankBefore whether an empty line stands before it
record Word(
    String text,
    int type,
    int rule,
    Beginning begins,
    int line,
    int column,
    boolean newLine,
    boolean blankBefore) {

  /// What may begin with a word.
  enum Beginning {
    NOTHING,
    /// A rule or clause of `connect`.
    CLAUSE,
    /// A statement inside a body.
    ITEM,
    /// A declaration or import at top level.
    DECLARATION,
    /// A declaration with a body, which stands apart from the others.
    BODY
  }

  boolean isComment() {
    return rule < 0;
  }

  boolean beginsStatement() {
    return begins == Beginning.ITEM || beginsDeclaration();
  }

  boolean beginsDeclaration() {
    return begins == Beginning.DECLARATION || begins == Beginning.BODY;
  }

  int end() {
    return column + text.length();
  }
}
