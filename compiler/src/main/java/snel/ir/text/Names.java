package snel.ir.text;

import java.util.Locale;
import java.util.Set;

/// How names of buffers, kernels and locals are written: as they are if they look like a dotted
/// path, else in quotes.
final class Names {
  /// Words with a meaning of their own where a name may stand.
  private static final Set<String> RESERVED =
      Set.of(
          "let", "var", "if", "each", "for", "open", "while", "collect", "push", "words", "addbits",
          "true", "false", "none");

  private Names() {}

  static String write(String name) {
    return isPath(name) && !RESERVED.contains(name) ? name : quote(name);
  }

  /// Words between dots, the first of which begins with no digit.
  private static boolean isPath(String name) {
    boolean follows = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$';
      boolean isDigit = '0' <= c && c <= '9';
      if (!isLetter && !(isDigit && i > 0) && !(c == '.' && follows)) {
        return false;
      }
      follows = c != '.';
    }
    return follows;
  }

  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /// `RESET_SPIKED` → `reset_spiked`.
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
