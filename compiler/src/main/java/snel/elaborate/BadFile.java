package snel.elaborate;

import snel.diagnostics.Code;

/// A file that a program names is not there, or not what it is read as.
public final class BadFile extends Exception {
  private final Code code;
  private final String sentence;

  /// @param sentence for the author
  public BadFile(Code code, String sentence) {
    super(sentence);
    this.code = code;
    this.sentence = sentence;
  }

  Code code() {
    return code;
  }

  String sentence() {
    return sentence;
  }
}
