package snel.cli;

import java.util.Collection;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.diagnostics.Prose;

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

  /// None of the experiments has this name.
  static Misuse noExperiment(String name, Collection<String> all) {
    return new Misuse(
        Code.UNKNOWN_EXPERIMENT, "there is no experiment `" + name + "`" + known(name, all));
  }

  /// None of what there is in a place has this name.
  static Misuse missing(String kind, String name, String place, Collection<String> all) {
    return new Misuse("there is no " + kind + " `" + name + "`" + place + known(name, all));
  }

  private static String known(String name, Collection<String> all) {
    return Nearest.to(name, all).isPresent() || all.isEmpty()
        ? Nearest.hint(name, all)
        : (all.size() == 1 ? "; there is " : "; there are ") + Prose.codes(all);
  }

  /// Says so and returns the exit code.
  int tell(Console console) {
    code.ifPresentOrElse(known -> console.fail(known.id(), sentence), () -> console.fail(sentence));
    return Exit.USAGE.code();
  }
}
