package snel.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import snel.ir.protocol.DataSet;
import snel.runtime.schedule.LonelyHost;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.target.c.CInputs;
import snel.target.jvm.protocol.ProtocolLinker;

/// Reads the data sets and files of a program while it is translated; nothing else is asked of it.
final class TranslationInputs extends LonelyHost implements CInputs {
  private final ProgramFiles files;
  private final DataSources sources;
  private final Map<String, DataSet> dataSets = new LinkedHashMap<>();
  private final Machine machine;

  TranslationInputs(ProgramFiles files, List<DataSet> dataSets, double stepMs) {
    super("nothing runs while a program is translated");
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
}
