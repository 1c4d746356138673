package snel.runtime.schedule;

import java.util.List;
import snel.runtime.convert.Conversion;

/// What a machine asks that shows samples for another: it only computes.
final class HelpingHost implements Host {
  @Override
  public void breathe(Machine machine) {}

  @Override
  public boolean checkpointIsDue() {
    return false;
  }

  @Override
  public void checkpoint(Machine machine) {
    throw no();
  }

  @Override
  public Records open(Machine machine, String dataSet) {
    throw no();
  }

  @Override
  public void save(Machine machine, String file) {
    throw no();
  }

  @Override
  public void load(Machine machine, String file) {
    throw no();
  }

  @Override
  public void convert(
      Machine machine, Conversion conversion, String file, String of, List<double[]> samples) {
    throw no();
  }

  @Override
  public void runExperiment(Machine machine, String experiment) {
    throw no();
  }

  @Override
  public Value resultOf(Machine machine, String experiment, String result) {
    throw no();
  }

  @Override
  public void pass(int depth, long done, long left) {}

  private static IllegalStateException no() {
    return new IllegalStateException("asked while samples are shown side by side");
  }
}
