package snel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import snel.ir.protocol.DataSet;
import snel.runtime.data.ArrayFile;
import snel.runtime.data.DataFile;
import snel.runtime.data.Npz;
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
  private final Optional<Path> left;

  TranslationInputs(ProgramFiles files, List<DataSet> dataSets, double stepMs) {
    this(files, dataSets, stepMs, Optional.empty());
  }

  /// @param left folder of the experiment with whose state the program begins
  TranslationInputs(
      ProgramFiles files, List<DataSet> dataSets, double stepMs, Optional<Path> left) {
    super("nothing runs while a program is translated");
    this.files = files;
    this.left = left;
    this.sources = new DataSources(files);
    dataSets.forEach(dataSet -> this.dataSets.put(dataSet.name(), dataSet));
    this.machine = ProtocolLinker.idle(stepMs, this);
  }

  @Override
  public Records open(String dataSet) {
    return open(machine, dataSet);
  }

  @Override
  public Optional<ArrayFile> archive(String file, boolean first) {
    Optional<DataFile> saved =
        left.filter(_ -> first)
            .map(folder -> folder.resolve(file))
            .filter(Files::isRegularFile)
            .map(DataFile::at);
    return saved
        .or(() -> Optional.of(files.find("", file)).filter(TranslationInputs::isThere))
        .map(Npz::read);
  }

  private static boolean isThere(DataFile file) {
    return !(file instanceof DataFile.OnDisk(Path path)) || Files.isRegularFile(path);
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
