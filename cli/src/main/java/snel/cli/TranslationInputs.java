package snel.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import snel.ir.protocol.DataSet;
import snel.runtime.convert.Conversion;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;
import snel.target.c.CInputs;
import snel.target.jvm.protocol.ProtocolLinker;

/// Reads the data sets and files of a program while it is translated; nothing else is asked of it.
final class TranslationInputs implements CInputs, Host {
  private final ProgramFiles files;
  private final DataSources sources;
  private final Map<String, DataSet> dataSets = new LinkedHashMap<>();
  private final Machine machine;

  TranslationInputs(ProgramFiles files, List<DataSet> dataSets, double stepMs) {
    this.files = files;
    this.sources = new DataSources(files);
    dataSets.forEach(dataSet -> this.dataSets.put(dataSet.name(), dataSet));
    this.machine = ProtocolLinker.idle(stepMs, this);
  }

  @Override
  public Records open(String dataSet) {
    return open(machine, dataSet);
  }

  @Override
  public Records open(Machine asking, String dataSet) {
    DataSet known = dataSets.get(dataSet);
    if (known == null) {
      throw new NoSuchElementException(dataSet);
    }
    return sources.open(known, asking);
  }

  @Override
  public void breathe(Machine asking) {}

  @Override
  public boolean checkpointIsDue() {
    return false;
  }

  @Override
  public void checkpoint(Machine asking) {
    throw notHere();
  }

  @Override
  public void save(Machine asking, String file) {
    throw notHere();
  }

  @Override
  public void load(Machine asking, String file) {
    throw notHere();
  }

  @Override
  public void convert(
      Machine machine, Conversion conversion, String file, String of, List<double[]> samples) {
    throw notHere();
  }

  @Override
  public void runExperiment(Machine asking, String experiment) {
    throw notHere();
  }

  @Override
  public Value resultOf(Machine asking, String experiment, String result) {
    throw notHere();
  }

  @Override
  public void pass(int depth, long done, long left) {}

  private static UnsupportedOperationException notHere() {
    return new UnsupportedOperationException("nothing runs while a program is translated");
  }
}
