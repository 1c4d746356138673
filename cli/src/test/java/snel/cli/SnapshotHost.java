package snel.cli;

import java.util.List;
import java.util.function.Consumer;
import snel.runtime.convert.Conversion;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;

/// Serves a run and is given its checkpoints, one wherever one may be.
record SnapshotHost(Host inner, Consumer<Machine> checkpoints) implements Host {
  @Override
  public void breathe(Machine machine) {}

  @Override
  public boolean checkpointIsDue() {
    return true;
  }

  @Override
  public void checkpoint(Machine machine) {
    checkpoints.accept(machine);
  }

  @Override
  public Records open(Machine machine, String dataSet) {
    return inner.open(machine, dataSet);
  }

  @Override
  public void save(Machine machine, String file) {
    inner.save(machine, file);
  }

  @Override
  public void load(Machine machine, String file) {
    inner.load(machine, file);
  }

  @Override
  public void convert(
      Machine machine, Conversion conversion, String file, String of, List<double[]> samples) {
    inner.convert(machine, conversion, file, of, samples);
  }

  @Override
  public void runExperiment(Machine machine, String experiment) {
    inner.runExperiment(machine, experiment);
  }

  @Override
  public Value resultOf(Machine machine, String experiment, String result) {
    return inner.resultOf(machine, experiment, result);
  }

  @Override
  public void pass(int depth, long done, long left) {}
}
