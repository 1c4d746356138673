package snel.cli;

import java.util.List;
import snel.ir.protocol.DataSet;
import snel.runtime.data.DataFile;
import snel.runtime.run.Surroundings;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;

/// What lies around an experiment that is no sweep.
record PlainSurroundings(ProgramFiles files, DataSources data, List<DataSet> dataSets)
    implements Surroundings {
  @Override
  public Records open(Machine machine, String name) {
    DataSet dataSet =
        dataSets.stream().filter(set -> set.name().equals(name)).findFirst().orElseThrow();
    return data.open(dataSet, machine);
  }

  @Override
  public DataFile input(String file) {
    return files.find("", file);
  }

  @Override
  public void runExperiment(Machine machine, String experiment) {
    throw new IllegalStateException("only sweeps run experiments");
  }

  @Override
  public Value resultOf(Machine machine, String experiment, String result) {
    throw new IllegalStateException("only sweeps ask for results");
  }
}
