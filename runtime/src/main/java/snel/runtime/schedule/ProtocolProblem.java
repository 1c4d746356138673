package snel.runtime.schedule;

import snel.runtime.kernel.Failure;
import snel.runtime.kernel.ProblemKind;

/// The experiment asks for something that cannot be done, seen only while it runs: a time off the
/// grid, an index out of range, an integer too large. Programs exit with code 1.
public final class ProtocolProblem extends Failure {
  public ProtocolProblem(ProblemKind problem, String sentence) {
    super(problem, sentence);
  }
}
