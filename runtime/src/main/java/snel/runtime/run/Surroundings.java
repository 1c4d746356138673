package snel.runtime.run;

import snel.runtime.data.DataFile;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;

/// What lies around a run: the program's files, its data sets, and the sweep that it is part of.
public interface Surroundings {
  Records open(Machine machine, String dataSet);

  /// A file that the program names.
  DataFile input(String file);

  void runExperiment(String experiment);

  Value resultOf(String experiment, String result);

  Value axisValue(int axis);
}
