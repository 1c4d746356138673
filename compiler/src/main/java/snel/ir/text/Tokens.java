package snel.ir.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import snel.diagnostics.CompilerBug;

/// The tokens of an IR text and a place among them.
final class Tokens {
  enum Kind {
    NAME,
    QUOTED,
    NUMBER,
    SYMBOL,
    END
  }

  record Token(Kind kind, String text, int line) {}

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<space>[ \\t\\r]+|//[^\\n]*)"
              + "|(?<line>\\n)"
              + "|(?<name>[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z0-9_$]+)*)"
              + "|(?<quoted>\"([^\"\\\\]|\\\\.)*\")"
              + "|(?<number>0x[0-9a-fA-F]+(\\.[0-9a-fA-F]*)?(p-?[0-9]+f?)?"
              + "|[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?[fL]?)"
              + "|(?<symbol>>>>|<<|>>|\\.\\.<|<=|>=|==|!=|[-+*/%&|^<>=!?:,(){}@]|\\[|\\])");

  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Tokens(String text) {
    Matcher matcher = TOKEN.matcher(text);
    int line = 1;
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw new CompilerBug("IR text, line " + line + ": no token begins here");
      }
      end = matcher.end();
      if (matcher.group("line") != null) {
        line++;
      } else if (matcher.group("name") != null) {
        tokens.add(new Token(Kind.NAME, matcher.group(), line));
      } else if (matcher.group("quoted") != null) {
        tokens.add(new Token(Kind.QUOTED, unquote(matcher.group()), line));
      } else if (matcher.group("number") != null) {
        tokens.add(new Token(Kind.NUMBER, matcher.group(), line));
      } else if (matcher.group("symbol") != null) {
        tokens.add(new Token(Kind.SYMBOL, matcher.group(), line));
      }
    }
    tokens.add(new Token(Kind.END, "the end", line));
  }

  private static String unquote(String quoted) {
    StringBuilder out = new StringBuilder();
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c == '\\') {
        c = quoted.charAt(++i);
        c = c == 'n' ? '\n' : c;
      }
      out.append(c);
    }
    return out.toString();
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  /// Whether the next token is this symbol or unquoted word.
  boolean at(String text) {
    Token token = peek();
    return (token.kind == Kind.SYMBOL || token.kind == Kind.NAME) && token.text.equals(text);
  }

  /// Takes the next token if it is this symbol or unquoted word.
  boolean accept(String text) {
    boolean here = at(text);
    if (here) {
      next();
    }
    return here;
  }

  void expect(String text) {
    if (!accept(text)) {
      throw error("expected " + text);
    }
  }

  /// A name, plain or quoted.
  String name() {
    Token token = peek();
    if (token.kind != Kind.NAME && token.kind != Kind.QUOTED) {
      throw error("expected a name");
    }
    return next().text;
  }

  /// A number with its sign.
  String number() {
    String sign = accept("-") ? "-" : "";
    if (peek().kind != Kind.NUMBER) {
      throw error("expected a number");
    }
    return sign + next().text;
  }

  boolean atEnd() {
    return peek().kind == Kind.END;
  }

  CompilerBug error(String message) {
    Token token = peek();
    return new CompilerBug(
        "IR text, line " + token.line + ": " + message + ", found " + token.text);
  }
}
