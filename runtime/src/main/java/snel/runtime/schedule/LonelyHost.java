package snel.runtime.schedule;

import java.util.List;
import snel.runtime.convert.Conversion;

/// Serves a run that needs nothing from outside: it only computes.
public class LonelyHost implements Host {
  private final String why;

  /// @param why nothing can be asked for
  public LonelyHost(String why) {
    this.why = why;
  }

  @Override
  public void breathe(Machine machine) {}

  @Override
  public boolean checkpointIsDue() {
    return false;
  }

  @Override
  public void checkpoint(Machine machine) {
    throw refused();
  }

  @Override
  public Records open(Machine machine, String dataSet) {
    throw refused();
  }

  @Override
  public void save(Machine machine, String file) {
    throw refused();
  }

  @Override
  public void load(Machine machine, String file) {
    throw refused();
  }

  @Override
  public void convert(
      Machine machine, Conversion conversion, String file, String of, List<double[]> samples) {
    throw refused();
  }

  @Override
  public void runExperiment(Machine machine, String experiment) {
    throw refused();
  }

  @Override
  public Value resultOf(Machine machine, String experiment, String result) {
    throw refused();
  }

  @Override
  public void pass(int depth, long done, long left) {}

  private UnsupportedOperationException refused() {
    return new UnsupportedOperationException(why);
  }
}
