package snel.diagnostics.render;

import snel.diagnostics.Severity;

/// How the parts of a message are coloured: not at all, or by ANSI escape sequences.
public enum Palette {
  PLAIN,
  ANSI;

  private static final String RESET = "\u001b[0m";
  private static final String BOLD = "\u001b[1m";
  private static final String BOLD_RED = "\u001b[1;31m";
  private static final String BOLD_YELLOW = "\u001b[1;33m";
  private static final String BOLD_BLUE = "\u001b[1;34m";

  String severity(Severity severity, String text) {
    return switch (severity) {
      case ERROR -> wrap(BOLD_RED, text);
      case WARNING -> wrap(BOLD_YELLOW, text);
    };
  }

  String strong(String text) {
    return wrap(BOLD, text);
  }

  /// Line numbers, bars and secondary labels.
  String quiet(String text) {
    return wrap(BOLD_BLUE, text);
  }

  private String wrap(String begin, String text) {
    return this == PLAIN || text.isBlank() ? text : begin + text + RESET;
  }
}
