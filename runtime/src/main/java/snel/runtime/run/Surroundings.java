package snel.runtime.run;

import java.util.Optional;
import snel.runtime.data.DataFile;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;

/// What lies around a run: the program's files, its data sets, and the sweep that it is part of.
public interface Surroundings {
  Records open(Machine machine, String dataSet);

  /// A file that the program names.
  DataFile input(String file);

  /// A file in the run folder of an experiment that was run before.
  DataFile resultFile(String experiment, String file);

  /// A file that the latest of the experiments before this one saved under that name.
  default Optional<DataFile> saved(String file) {
    return Optional.empty();
  }

  /// In a sweep: runs an experiment at the machine's present point.
  void runExperiment(Machine machine, String experiment);

  /// In a sweep: what an experiment reported at the present point.
  Value resultOf(Machine machine, String experiment, String result);
}
