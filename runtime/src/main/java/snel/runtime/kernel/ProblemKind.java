package snel.runtime.kernel;

/// What may be wrong with data, files or a running experiment. Each has the code under which `snel
/// explain` tells of it.
public enum ProblemKind {
  FAST_RATE("E0307"),
  NEGATIVE_TIME("E0303"),
  BAD_PROBABILITY("E0412"),
  FILE_MISSING("E0901"),
  FILE_UNREADABLE("E0902"),
  WRONG_FORMAT("E0903"),
  COLUMN_MISSING("E0904"),
  BAD_SAMPLE("E0905"),
  DATA_SET_ABSENT("E0906"),
  CHECKSUM_DIFFERS("E0907"),
  TOO_LITTLE_MEMORY("E0908"),
  NOT_A_NUMBER("E0909"),
  OTHER_CHECKPOINT("E0910"),
  UNKNOWN_EXPERIMENT("E0911"),
  CANNOT_WRITE("E0913"),
  COUNTS_DIFFER("E0914"),
  RUN_TIME_INDEX("E0915"),
  RUN_TIME_OVERFLOW("E0916"),
  NOTHING_MATCHES("E0917"),
  SIZES_DIFFER("E0918"),
  BAD_VALUE("E0919"),
  NOT_YET("E0920"),
  NOT_FETCHED("E0921"),
  FOLDER_IN_USE("E0922"),
  OTHER_WEIGHTS("E0923"),
  TOO_MANY_PARTS("E0924"),
  TOO_LONG_KERNEL("E0925");

  private final String id;

  ProblemKind(String id) {
    this.id = id;
  }

  /// The code, such as `E0903`.
  public String id() {
    return id;
  }
}
