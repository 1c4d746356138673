package snel.target.c;

import java.util.Optional;
import snel.runtime.data.ArrayFile;
import snel.runtime.schedule.Records;

/// Reads, while a program is translated, the files that it names.
public interface CInputs {
  /// A data set, read and checked.
  Records open(String dataSet);

  /// An archive of weights, if it is there: one that the experiment left which the C program begins
  /// with, else a file beside the program.
  ///
  /// @param first whether the experiment that loads it starts from what was left
  Optional<ArrayFile> archive(String file, boolean first);
}
