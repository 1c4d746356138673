package snel.cli;

import java.util.List;
import java.util.stream.Collectors;

/// Commands as a shell takes them.
final class ShellWords {
  private ShellWords() {}

  /// As a shell takes it for one word.
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  static String line(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }
}
