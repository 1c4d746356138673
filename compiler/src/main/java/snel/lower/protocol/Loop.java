package snel.lower.protocol;

/// The loop that a statement stands in.
sealed interface Loop {
  /// Run pass by pass.
  record Running(int number) implements Loop {}

  /// Unrolled when compiled: this is one of its passes, counted from 1. Its number is that of a
  /// loop of one pass around all of them.
  record Unrolled(int number, int pass) implements Loop {}

  int number();
}
