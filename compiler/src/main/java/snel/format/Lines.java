package snel.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import snel.grammar.SnnLexer;
import snel.grammar.SnnParser;

/// Decides where lines begin and how far they are indented. The author's line breaks stay, but for
/// those that a body forces or forbids.
final class Lines {
  private static final int INDENT = 2;

  private final List<Word> words;
  private final Map<Integer, Integer> closes = new HashMap<>();
  private final Map<Integer, Boolean> multiline = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();

  /// The indentation of the lines on which the brackets around were opened.
  private final Deque<Integer> brackets = new ArrayDeque<>();

  private int depth;
  private int indentation;
  private int statementIndentation;

  private Lines(List<Word> words) {
    this.words = words;
  }

  static List<Line> of(List<Word> words) {
    Lines lines = new Lines(words);
    lines.matchBraces();
    lines.lay();
    return lines.lines;
  }

  private void matchBraces() {
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < words.size(); i++) {
      if (opensBody(i)) {
        open.push(i);
      } else if (closesBody(i)) {
        int opener = open.pop();
        boolean empty = opener == i - 1;
        boolean spread = !empty && words.get(opener).line() != words.get(i).line();
        closes.put(i, opener);
        multiline.put(opener, spread);
      }
    }
  }

  private boolean opensBody(int i) {
    return words.get(i).type() == SnnLexer.LBRACE && !isImport(i);
  }

  private boolean closesBody(int i) {
    return words.get(i).type() == SnnLexer.RBRACE && !isImport(i);
  }

  private boolean isImport(int i) {
    return words.get(i).rule() == SnnParser.RULE_importDeclaration;
  }

  private int opener(int closer) {
    return closes.getOrDefault(closer, closer);
  }

  private boolean isMultiline(int opener) {
    return multiline.getOrDefault(opener, false);
  }

  private void lay() {
    for (int i = 0; i < words.size(); i++) {
      if (closesBody(i) && isMultiline(opener(i))) {
        depth--;
      }
      if (i == 0 || breaksBefore(i)) {
        begin(i);
      } else {
        follow(i);
      }
      enter(i);
    }
  }

  private boolean breaksBefore(int i) {
    Word word = words.get(i);
    Word before = words.get(i - 1);
    if (before.isComment()) {
      return true;
    }
    if (opensBody(i - 1)) {
      return isMultiline(i - 1) && !(word.isComment() && !word.newLine());
    }
    if (closesBody(i)) {
      return isMultiline(opener(i));
    }
    if (word.isComment()) {
      return word.newLine();
    }
    if (word.beginsStatement()) {
      boolean afterBody = closesBody(i - 1) && isMultiline(opener(i - 1));
      return word.newLine() || afterBody || word.beginsDeclaration() || statementIsSpread(i - 1);
    }
    return word.newLine() && !joins(word) && before.type() != SnnLexer.DOT;
  }

  /// Whether the statement that ends with word `last` has several lines.
  private boolean statementIsSpread(int last) {
    int i = last;
    while (i > 0 && !words.get(i).beginsStatement()) {
      i--;
    }
    return words.get(i).line() != words.get(last).line();
  }

  /// Signs that never begin a line.
  private static boolean joins(Word word) {
    return switch (word.type()) {
      case SnnLexer.COMMA, SnnLexer.PRIME, SnnLexer.DOT -> true;
      default -> false;
    };
  }

  private void begin(int i) {
    Word word = words.get(i);
    boolean fresh = isFresh(i);
    indentation = fresh ? INDENT * depth : continued(i);
    if (fresh && !word.isComment()) {
      statementIndentation = indentation;
    }
    Line line = new Line(indentation, blankBefore(i), !fresh && !word.isComment());
    lines.add(line);
    add(line, new Chunk(true, 0, 0), word);
  }

  /// Whether a line that begins with word `i` begins a statement, goes on with its `else`, or
  /// closes it.
  private boolean isFresh(int i) {
    Word next = words.get(i);
    int at = i;
    while (next.isComment() && at + 1 < words.size()) {
      at++;
      next = words.get(at);
    }
    boolean elseOfStatement =
        next.type() == SnnLexer.ELSE && next.rule() != SnnParser.RULE_conditional;
    return next.isComment() || next.beginsStatement() || closesBody(at) || elseOfStatement;
  }

  private int continued(int i) {
    if (brackets.isEmpty()) {
      return statementIndentation + INDENT;
    }
    boolean closes =
        switch (words.get(i).type()) {
          case SnnLexer.RPAREN, SnnLexer.RBRACKET, SnnLexer.RBRACE -> true;
          default -> false;
        };
    return brackets.peek() + (closes ? 0 : INDENT);
  }

  private boolean blankBefore(int i) {
    if (i == 0 || opensBody(i - 1) || closesBody(i)) {
      return false;
    }
    return words.get(i).blankBefore() || beginsBlock(i);
  }

  /// A declaration with a body, or the comments right above it, stands apart from what is before.
  private boolean beginsBlock(int i) {
    if (words.get(i - 1).isComment()) {
      return false;
    }
    int at = i;
    while (words.get(at).isComment() && at + 1 < words.size() && !words.get(at + 1).blankBefore()) {
      at++;
    }
    boolean afterBody = closesBody(i - 1) && depth == 0;
    return words.get(at).begins() == Word.Beginning.BODY
        || afterBody && words.get(at).beginsDeclaration();
  }

  private void follow(int i) {
    Word word = words.get(i);
    Word before = words.get(i - 1);
    Line line = lines.getLast();
    boolean separates = word.beginsStatement() && !opensBody(i - 1);
    int gap = Spacing.between(before, word);
    if (separates) {
      line.chunks().getLast().words().add(semicolon(before));
    }
    Word first = line.chunks().getFirst().words().getFirst();
    boolean inPlace = first.line() == word.line();
    boolean sameSourceLine = before.line() == word.line();
    int sourceGap = sameSourceLine ? word.column() - before.end() : gap;
    boolean closer = word.type() == SnnLexer.RPAREN || word.type() == SnnLexer.RBRACKET;
    if (gap > 0 || closer) {
      add(line, new Chunk(inPlace, gap, separates ? gap : sourceGap), word);
    } else {
      line.chunks().getLast().words().add(word);
    }
  }

  private static Word semicolon(Word after) {
    return new Word(
        ";",
        SnnLexer.SEMI,
        after.rule(),
        Word.Beginning.NOTHING,
        after.line(),
        after.end(),
        false,
        false);
  }

  private static void add(Line line, Chunk chunk, Word word) {
    chunk.words().add(word);
    line.chunks().add(chunk);
  }

  private void enter(int i) {
    switch (words.get(i).type()) {
      case SnnLexer.LPAREN, SnnLexer.LBRACKET -> brackets.push(indentation);
      case SnnLexer.RPAREN, SnnLexer.RBRACKET -> brackets.pop();
      case SnnLexer.LBRACE -> {
        if (isImport(i)) {
          brackets.push(indentation);
        } else if (isMultiline(i)) {
          depth++;
        }
      }
      case SnnLexer.RBRACE -> {
        if (isImport(i)) {
          brackets.pop();
        }
      }
      default -> {}
    }
  }
}
