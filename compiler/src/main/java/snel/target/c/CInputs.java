package snel.target.c;

import snel.runtime.schedule.Records;

/// Reads, while a program is translated, the files that it names.
public interface CInputs {
  /// A data set, read and checked.
  Records open(String dataSet);
}
