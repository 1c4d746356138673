package snel.ir.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// How names of buffers, kernels and locals are written: as they are if they look like a dotted
/// path, else in quotes.
final class Names {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*(\\.[A-Za-z0-9_$]+)*");

  /// Words with a meaning of their own where a name may stand.
  private static final Set<String> RESERVED =
      Set.of(
          "let", "var", "if", "each", "for", "while", "collect", "push", "words", "addbits", "true",
          "false", "none");

  private Names() {}

  static String write(String name) {
    return PLAIN.matcher(name).matches() && !RESERVED.contains(name) ? name : quote(name);
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
