package snel.parse;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import snel.grammar.SnnLexer;
import snel.source.LineMap;
import snel.source.SourceFile;
import snel.source.Span;
import snel.syntax.Comment;

/// The words of a file, which may be mended, and its comments. The last word is the end of the
/// file.
final class TokenList {
  private final SourceFile file;
  private final LineMap lines;
  private final List<Token> tokens;
  private final List<Comment> comments;

  private TokenList(SourceFile file, List<Token> tokens, List<Comment> comments) {
    this.file = file;
    this.lines = new LineMap(file.text());
    this.tokens = tokens;
    this.comments = List.copyOf(comments);
  }

  static TokenList of(SourceFile file) {
    List<Token> tokens = new ArrayList<>();
    List<Comment> comments = new ArrayList<>();
    for (Token token : Lexers.of(file.text()).getAllTokens()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        tokens.add(token);
      } else if (token.getChannel() == SnnLexer.COMMENTS) {
        boolean documents = token.getType() == SnnLexer.DOCUMENTATION;
        Span span = new Span(file, token.getStartIndex(), token.getStopIndex() + 1);
        comments.add(new Comment(documents, token.getText().substring(documents ? 3 : 2), span));
      }
    }
    tokens.add(made(Token.EOF, "", file.text().length(), file.text().length()));
    return new TokenList(file, tokens, comments);
  }

  /// A stream over the words as they are now. Positions in the stream are positions in this list.
  CommonTokenStream stream() {
    return new CommonTokenStream(new ListTokenSource(tokens));
  }

  List<Comment> comments() {
    return comments;
  }

  int size() {
    return tokens.size();
  }

  Token get(int i) {
    return tokens.get(i);
  }

  int type(int i) {
    return tokens.get(i).getType();
  }

  /// Whether `name(` stands there.
  boolean isCall(int i) {
    return i + 1 < size() && type(i) == SnnLexer.NAME && type(i + 1) == SnnLexer.LPAREN;
  }

  String text(int i) {
    return tokens.get(i).getText();
  }

  Span span(int i) {
    return span(i, i);
  }

  Span span(int first, int last) {
    int start = tokens.get(first).getStartIndex();
    return new Span(file, start, Math.max(start, tokens.get(last).getStopIndex() + 1));
  }

  /// What is declared by a word, `network`: the names behind it.
  List<String> declaredBy(int type) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i < size(); i++) {
      if (type(i - 1) == type && type(i) == SnnLexer.NAME) {
        names.add(text(i));
      }
    }
    return names;
  }

  /// The place right behind word `i`.
  Span spanAfter(int i) {
    return new Span(file, end(i), end(i));
  }

  /// The text from word `first` to word `last`, blanks and comments between them included.
  String source(int first, int last) {
    Span span = span(first, last);
    return file.text().substring(span.start(), span.end());
  }

  /// The line on which word `i` begins.
  int line(int i) {
    return lines.line(tokens.get(i).getStartIndex());
  }

  boolean beginsLine(int i) {
    return i == 0 || line(i) != lines.line(end(i - 1));
  }

  /// How far word `i` stands from the left, and so its whole line if the word begins it.
  int column(int i) {
    return lines.column(tokens.get(i).getStartIndex());
  }

  /// How far the line on which word `i` begins stands from the left.
  int lineColumn(int i) {
    int start = lines.start(line(i));
    int first = start;
    while (first < tokens.get(i).getStartIndex()
        && Character.isWhitespace(file.text().charAt(first))) {
      first++;
    }
    return first - start + 1;
  }

  /// The first word on the line of word `i`.
  int lineStart(int i) {
    int first = i;
    while (!beginsLine(first)) {
      first--;
    }
    return first;
  }

  /// Whether no blank separates word `i` from the next.
  boolean touchesNext(int i) {
    return i + 1 < size() && end(i) == tokens.get(i + 1).getStartIndex();
  }

  /// Whether word `i` is this character, which is none of the language.
  boolean isStray(int i, char c) {
    return type(i) == SnnLexer.STRAY && text(i).charAt(0) == c;
  }

  /// Whether word `i` looks like a name, whatever else it is.
  boolean isWord(int i) {
    if (type(i) == Token.EOF) {
      return false;
    }
    char c = text(i).charAt(0);
    return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private int end(int i) {
    return Math.max(tokens.get(i).getStartIndex(), tokens.get(i).getStopIndex() + 1);
  }

  /// Puts a word that the author did not write before word `i`, right behind the one before it.
  void insert(int i, int type, String text) {
    insert(i, 1, type, text);
  }

  /// The same `count` times.
  void insert(int i, int count, int type, String text) {
    int offset = i == 0 ? tokens.get(0).getStartIndex() : end(i - 1);
    List<Token> made = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      made.add(made(type, text, offset, offset));
    }
    tokens.addAll(i, made);
  }

  /// Puts one word in place of words `first` to `last`.
  void replace(int first, int last, int type, String text) {
    Span span = span(first, last);
    tokens.subList(first, last + 1).clear();
    tokens.add(first, made(type, text, span.start(), span.end()));
  }

  /// Puts other words in place of words `first` up to but without `end`.
  void replace(int first, int end, List<Edit.Word> words) {
    Span span = first == end ? spanAfter(first - 1) : span(first, end - 1);
    List<Token> made = new ArrayList<>();
    int start = span.start();
    for (Edit.Word word : words) {
      made.add(made(word.type(), word.text(), start, span.end()));
      start = span.end();
    }
    tokens.subList(first, end).clear();
    tokens.addAll(first, made);
  }

  /// Removes words `first` up to but without `end`.
  void remove(int first, int end) {
    tokens.subList(first, end).clear();
  }

  private static Token made(int type, String text, int start, int end) {
    CommonToken token = new CommonToken(type, text);
    token.setStartIndex(start);
    token.setStopIndex(end - 1);
    return token;
  }
}
