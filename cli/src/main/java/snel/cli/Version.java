package snel.cli;

/// The version of the command and of the language's meaning.
final class Version {
  static final String TEXT = "0.1.0";

  /// Semantics version (docs/semantics.md): a change that alters one bit of a result raises it.
  static final int SEMANTICS = 1;

  private Version() {}
}
