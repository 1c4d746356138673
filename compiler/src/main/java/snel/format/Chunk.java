package snel.format;

import java.util.ArrayList;
import java.util.List;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser;

/// Words that stand together, and how many blanks belong before them.
final class Chunk {
  private final boolean inPlace;
  private final int gap;
  private final int sourceGap;
  private final List<Word> words = new ArrayList<>();

  /// @param inPlace whether the line stood so in the source, so that its columns can be compared
  /// @param gap the blanks that belong before it
  /// @param sourceGap those that stood there
  Chunk(boolean inPlace, int gap, int sourceGap) {
    this.inPlace = inPlace;
    this.gap = gap;
    this.sourceGap = sourceGap;
  }

  boolean isInPlace() {
    return inPlace;
  }

  int gap() {
    return gap;
  }

  int sourceGap() {
    return sourceGap;
  }

  /// Whether the author left more room than belongs there.
  boolean isSetApart() {
    return sourceGap > gap;
  }

  List<Word> words() {
    return words;
  }

  int column() {
    return words.getFirst().column();
  }

  boolean isComment() {
    return words.getFirst().isComment();
  }

  /// The bracket that it begins with and closes; 0 if there is none.
  int closer() {
    int type = words.getFirst().type();
    return type == SnnLexer.RPAREN || type == SnnLexer.RBRACKET ? type : 0;
  }

  /// Where the eye sees it begin: a number behind its sign.
  int visibleColumn() {
    Word first = words.getFirst();
    boolean sign = first.type() == SnnLexer.MINUS && first.rule() == SnnParser.RULE_unary;
    return sign ? first.column() + 1 : first.column();
  }

  /// The text, and behind it a `;` where one separates it from the next statement.
  String text() {
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append(word.text()));
    return text.toString();
  }
}
