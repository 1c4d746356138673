package snel.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.source.Span;
import snel.syntax.Expression;
import snel.syntax.Name;
import snel.syntax.TextPart;

/// Takes a text literal apart into plain characters and placeholders.
final class TextTrees {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z_0-9]*)}");

  private final Origin origin;

  TextTrees(Origin origin) {
    this.origin = origin;
  }

  Expression.Text text(Token token) {
    String raw = token.getText();
    int offset = token.getStartIndex();
    List<TextPart> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(raw);
    int plainStart = 1;
    int i = 1;
    int end = raw.length() - 1;
    while (i < end) {
      if (raw.charAt(i) == '{' && placeholder.region(i, end).lookingAt()) {
        addPlain(parts, plain, offset + plainStart, offset + i);
        Span nameSpan = place(offset + placeholder.start(1), offset + placeholder.end(1));
        Name name = new Name(placeholder.group(1), nameSpan);
        parts.add(new TextPart.Placeholder(name, place(offset + i, offset + placeholder.end())));
        i = placeholder.end();
        plainStart = i;
      } else if (raw.charAt(i) == '\\') {
        plain.append(escaped(raw.charAt(i + 1), place(offset + i, offset + i + 2)));
        i += 2;
      } else {
        if (raw.charAt(i) == '{') {
          noName(raw, i, end, offset);
        }
        plain.append(raw.charAt(i));
        i++;
      }
    }
    addPlain(parts, plain, offset + plainStart, offset + end);
    return new Expression.Text(List.copyOf(parts), origin.span(token));
  }

  private void noName(String raw, int from, int end, int offset) {
    int close = raw.indexOf('}', from);
    int to = close < 0 || close >= end ? from + 1 : close + 1;
    origin
        .diagnostics()
        .report(
            Diagnostic.of(
                    Code.UNREADABLE_TEXT,
                    "in the braces of a text stands a name",
                    place(offset + from, offset + to))
                .help(
                    "give the value a name, `let x = …`, and write `{x}`; a brace itself is"
                        + " written `\\{`"));
  }

  private void addPlain(List<TextPart> parts, StringBuilder plain, int start, int end) {
    if (!plain.isEmpty()) {
      parts.add(new TextPart.Plain(plain.toString(), place(start, end)));
      plain.setLength(0);
    }
  }

  private char escaped(char c, Span at) {
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case '"', '\\', '{', '}' -> c;
      default -> {
        origin
            .diagnostics()
            .report(
                Diagnostic.of(Code.UNREADABLE_TEXT, "`\\" + c + "` is no escape of a text", at)
                    .help("the escapes are `\\n`, `\\t`, `\\\"`, `\\\\`, `\\{` and `\\}`"));
        yield c;
      }
    };
  }

  private Span place(int start, int end) {
    return new Span(origin.file(), start, end);
  }
}
