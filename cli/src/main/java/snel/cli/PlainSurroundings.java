package snel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.ir.protocol.DataSet;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.run.Surroundings;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;

/// What lies around an experiment that is no sweep.
///
/// @param folders where the experiments lie that it starts from or whose files it loads
record PlainSurroundings(
    ProgramFiles files, DataSources data, List<DataSet> dataSets, Map<String, Path> folders)
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
  public DataFile resultFile(String experiment, String file) {
    Path folder = folders.get(experiment);
    if (folder == null) {
      throw new DataProblem(ProblemKind.NOT_YET, "`" + experiment + "` was not run before");
    }
    return DataFile.at(folder.resolve(file));
  }

  @Override
  public Optional<DataFile> saved(String file) {
    return folders.values().stream()
        .map(folder -> folder.resolve(file))
        .filter(Files::isRegularFile)
        .reduce((earlier, later) -> later)
        .map(DataFile::at);
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
