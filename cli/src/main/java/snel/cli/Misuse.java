package snel.cli;

import java.util.Optional;
import snel.diagnostics.Code;

/// The command line asks for something that there is not. Its message is one sentence.
final class Misuse extends RuntimeException {
  private final Optional<Code> code;
  private final String sentence;

  Misuse(String sentence) {
    this(Optional.empty(), sentence);
  }

  Misuse(Code code, String sentence) {
    this(Optional.of(code), sentence);
  }

  private Misuse(Optional<Code> code, String sentence) {
    super(sentence);
    this.code = code;
    this.sentence = sentence;
  }

  /// Says so and returns the exit code.
  int tell(Console console) {
    code.ifPresentOrElse(known -> console.fail(known.id(), sentence), () -> console.fail(sentence));
    return Exit.USAGE.code();
  }
}
