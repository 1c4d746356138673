package snel.runtime.schedule;

/// The experiment asks for something that cannot be done, seen only while it runs: a time off the
/// grid, an index out of range, an integer too large. Its message is one sentence for the author;
/// programs exit with code 1.
public final class ProtocolProblem extends RuntimeException {
  public ProtocolProblem(String sentence) {
    super(sentence);
  }
}
