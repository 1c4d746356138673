package snel.runtime.data;

import snel.runtime.kernel.Failure;
import snel.runtime.kernel.ProblemKind;

/// A data file or data set is not what the program needs: missing, cut off, of another kind, or
/// with a value out of place. Programs exit with code 1.
public final class DataProblem extends Failure {
  /// A problem told in a sentence of its own.
  public DataProblem(ProblemKind problem, String sentence) {
    super(problem, sentence);
  }

  /// Something else than was expected.
  public static DataProblem found(
      ProblemKind problem, String place, String expected, String found) {
    return new DataProblem(problem, place + ": expected " + expected + "; found " + found);
  }

  /// A file of another format.
  public static DataProblem found(String place, String expected, String found) {
    return found(ProblemKind.WRONG_FORMAT, place, expected, found);
  }

  /// A file that is not there.
  public static DataProblem missing(String file, String expected) {
    return missing(file, expected, "");
  }

  /// The same with a hint behind it.
  public static DataProblem missing(String file, String expected, String hint) {
    return new DataProblem(
        ProblemKind.FILE_MISSING,
        file + ": expected " + expected + "; there is no such file" + hint);
  }

  /// A file that ends before its content does.
  public static DataProblem truncated(String file, String expected, String found) {
    return new DataProblem(
        ProblemKind.FILE_UNREADABLE,
        file + " is cut off: expected " + expected + "; found " + found);
  }
}
