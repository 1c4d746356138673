package snel.runtime.data;

/// A data file or data set is not what the program needs: missing, cut off, of another kind, or
/// with a value out of place. Its message is one sentence for the person who wrote the program;
/// programs exit with code 1.
public final class DataProblem extends RuntimeException {
  private final String sentence;

  /// A problem told in a sentence of its own.
  public DataProblem(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  /// A file that holds something else than it should.
  public static DataProblem found(String place, String expected, String found) {
    return new DataProblem(place + ": expected " + expected + "; found " + found);
  }

  /// A file that is not there.
  public static DataProblem missing(String file, String expected) {
    return new DataProblem(file + ": expected " + expected + "; there is no such file");
  }

  /// A file that ends before its content does.
  public static DataProblem truncated(String file, String expected, String found) {
    return new DataProblem(file + " is cut off: expected " + expected + "; found " + found);
  }
}
