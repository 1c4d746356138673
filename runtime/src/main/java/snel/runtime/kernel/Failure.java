package snel.runtime.kernel;

/// Something that ends a command and is no fault of Snel's. Its message is one sentence for the
/// person who gave the command.
public abstract class Failure extends RuntimeException {
  private final ProblemKind problem;
  private final String sentence;

  protected Failure(ProblemKind problem, String sentence) {
    super(sentence);
    this.problem = problem;
    this.sentence = sentence;
  }

  /// What went wrong.
  public ProblemKind problem() {
    return problem;
  }

  @Override
  public String getMessage() {
    return sentence;
  }
}
