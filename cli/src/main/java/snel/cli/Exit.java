package snel.cli;

/// How the command ends, as scripts see it.
enum Exit {
  DONE(0),
  /// The program or its data is wrong, or the network will not fit in memory as predicted.
  WRONG(1),
  /// The command line is wrong.
  USAGE(2),
  /// An expectation did not hold.
  UNEXPECTED(3),
  /// The machine refused: disk full, no permission, out of memory.
  REFUSED(4),
  /// A bug of Snel.
  BUG(70),
  INTERRUPTED(130),
  /// Who read the output has gone before all was written; what the shell says of other commands.
  READER_GONE(141);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
