package snel.cli;

/// The command line asks for something that there is not. Its message is one sentence.
final class Misuse extends RuntimeException {
  Misuse(String sentence) {
    super(sentence);
  }
}
