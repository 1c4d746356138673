package snel.target.c;

import java.nio.charset.StandardCharsets;

/// Strings and names of C.
final class CText {
  private CText() {}

  /// A string literal; bytes outside ASCII are written in octal.
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      int c = octet & 0xff;
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c >= ' ' && c < 127 && c != '?') {
        out.append((char) c);
      } else {
        out.append(String.format("\\%03o", c));
      }
    }
    return out.append('"').toString();
  }

  /// A name of which variables and files are made.
  static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
