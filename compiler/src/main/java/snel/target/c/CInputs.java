package snel.target.c;

import snel.ir.protocol.Term;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;

/// Reads, while a program is translated, the files that it names.
public interface CInputs {
  /// A data set, read and checked.
  Records open(String dataSet);

  /// What `csv(…).column` or `npy(…)` gives; its arguments are constants.
  Value read(Term.Call call);
}
