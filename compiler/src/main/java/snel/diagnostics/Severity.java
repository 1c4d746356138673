package snel.diagnostics;

/// How grave a diagnostic is: an error stops the run, a warning does not.
public enum Severity {
  ERROR("error"),
  WARNING("warning");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  /// The word that messages begin with.
  public String word() {
    return word;
  }
}
