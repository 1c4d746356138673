package snel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import snel.ir.protocol.Action;
import snel.ir.protocol.Conversion;
import snel.ir.protocol.DataSet;
import snel.ir.protocol.Experiment;
import snel.ir.protocol.Parts;
import snel.ir.protocol.Term;
import snel.runtime.data.CsvOptions;
import snel.runtime.data.CsvReader;
import snel.runtime.data.DataCache;
import snel.runtime.data.DataFile;
import snel.runtime.data.DataProblem;
import snel.runtime.data.EventCamera;
import snel.runtime.data.FilePattern;
import snel.runtime.data.Hdf5;
import snel.runtime.data.Idx;
import snel.runtime.data.Mnist;
import snel.runtime.data.Npy;
import snel.runtime.data.Onnx;
import snel.runtime.data.SpokenDigits;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.RecordSource;
import snel.runtime.schedule.Records;
import snel.target.jvm.protocol.DataLinker;

/// Opens the data sets of a program, each once.
final class DataSources {
  private final ProgramFiles files;
  private final Map<String, Records> opened = new HashMap<>();

  DataSources(ProgramFiles files) {
    this.files = files;
  }

  Records open(DataSet dataSet, Machine machine) {
    Records known = opened.get(dataSet.name());
    if (known == null) {
      known = DataLinker.open(dataSet, source(dataSet), machine);
      opened.put(dataSet.name(), known);
    }
    return known;
  }

  /// How many records of these there are; one, if the data set has not been opened.
  long size(Term.Data data) {
    Records known = opened.get(data.dataSet());
    if (known == null) {
      return 1;
    }
    return data.split().isEmpty() ? known.size() : known.split(data.split()).length;
  }

  private RecordSource source(DataSet dataSet) {
    String first = dataSet.sources().isEmpty() ? "" : dataSet.sources().getFirst();
    return switch (dataSet.reader()) {
      case "csv" ->
          new RecordSource.Rows(
              CsvReader.read(files.find(dataSet.folder(), first), csvOptions(dataSet)));
      case "npy" -> {
        DataFile file = files.find(dataSet.folder(), first);
        yield new RecordSource.Array(file.name(), Npy.read(file));
      }
      case "hdf5" -> new RecordSource.Datasets(Hdf5.open(files.find(dataSet.folder(), first)));
      case "idx" -> new RecordSource.Cached(file -> Idx.read(files.find(dataSet.folder(), file)));
      case "files" -> new RecordSource.Files(files.fitting(dataSet.folder(), first));
      case "cached" -> cached(dataSet.sources());
      default ->
          EventCamera.named(dataSet.reader())
              .map(_ -> new RecordSource.Recording(files.find(dataSet.folder(), first)))
              .orElseThrow(() ->
                  new DataProblem(
                      ProblemKind.WRONG_FORMAT,
                      "this version has no reader `%s` (data `%s`)"
                          .formatted(dataSet.reader(), dataSet.name())));
    };
  }

  private static CsvOptions csvOptions(DataSet dataSet) {
    CsvOptions options = CsvOptions.guessed();
    char separator = ',';
    for (DataSet.Option option : dataSet.options()) {
      switch (option.value()) {
        case Term.Truth(boolean header) ->
            options = header ? CsvOptions.withHeader() : CsvOptions.withoutHeader();
        case Term.Word(String text) -> separator = text.charAt(0);
        default -> {}
      }
    }
    return options.separatedBy(separator);
  }

  private static RecordSource cached(List<String> sources) {
    String name = sources.getFirst();
    DataCache cache = DataCache.standard();
    Path folder = cache.folder(name);
    if (name.equals("mnist")) {
      Mnist mnist = new Mnist(cache);
      folder = mnist.find().orElseThrow(mnist::absent);
    } else if (name.equals(SpokenDigits.NAME)) {
      SpokenDigits spoken = new SpokenDigits(cache);
      folder = spoken.find().orElseThrow(spoken::absent);
    } else if (!Files.isDirectory(folder)) {
      throw new DataProblem(
          ProblemKind.DATA_SET_ABSENT,
          "data set `%s` is not on this machine: put its files into %s".formatted(name, folder));
    }
    if (sources.size() > 1) {
      return new RecordSource.Files(new FilePattern(sources.get(1)).matches(folder));
    }
    Path place = folder;
    return new RecordSource.Cached(file -> Idx.read(DataFile.at(existing(place, file))));
  }

  private static Path existing(Path folder, String file) {
    Path plain = folder.resolve(file);
    Path packed = folder.resolve(file + ".gz");
    return Files.exists(plain) || !Files.exists(packed) ? plain : packed;
  }

  /// What the result depends on of the data: a checksum of each file that is read.
  Map<String, String> checksums(List<DataSet> dataSets) {
    Map<String, String> sums = new LinkedHashMap<>();
    for (DataSet dataSet : dataSets) {
      switch (dataSet.reader()) {
        case "cached" -> sums.put(dataSet.name(), cachedListing(dataSet.sources()));
        case "files" -> sums.put(dataSet.name(), listing(dataSet));
        default -> {
          for (String source : dataSet.sources()) {
            DataFile file = files.find(dataSet.folder(), source);
            sums.put(dataSet.name() + ":" + source, sha256(file));
          }
        }
      }
    }
    return sums;
  }

  /// The same of the files that an experiment loads by a name that is written. One that is not
  /// there may come while it runs.
  Map<String, String> checksums(Experiment experiment) {
    Map<String, String> sums = new LinkedHashMap<>();
    Parts.eachAction(
        experiment.body(),
        action -> {
          if (action instanceof Action.Load(Term.Word(String name), _)) {
            sums.put("load:" + name, sumOf(name));
          } else if (action instanceof Action.Convert(var conversion, _)
              && conversion.of().isEmpty()
              && conversion.file() instanceof Term.Word(String name)) {
            sums.put("load:" + name, sumOf(name));
            if (conversion.format() == Conversion.Format.ONNX) {
              sums.putAll(besides(name));
            }
          }
        });
    return sums;
  }

  private String sumOf(String name) {
    try {
      return sha256(files.find("", name));
    } catch (DataProblem _) {
      return "";
    }
  }

  /// Of files beside a model in which numbers of it lie.
  private Map<String, String> besides(String model) {
    Map<String, String> sums = new LinkedHashMap<>();
    try {
      Onnx.beside(files.find("", model))
          .forEach((name, file) -> sums.put("load:" + model + ":" + name, sha256(file)));
    } catch (DataProblem _) {
      // told when it is loaded
    }
    return sums;
  }

  private static String sha256(DataFile file) {
    try (InputStream in = file.open()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (java.nio.file.NoSuchFileException _) {
      throw DataProblem.missing(file.name(), "a data file");
    } catch (IOException problem) {
      throw MachineRefused.reading(file.name(), problem);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Names, lengths and ages of many files stand for their content.
  private String listing(DataSet dataSet) {
    return listing(
        dataSet.sources().stream()
            .flatMap(source -> files.fitting(dataSet.folder(), source).stream())
            .map(FilePattern.Match::path)
            .toList());
  }

  private static String listing(List<Path> paths) {
    var text = new StringBuilder();
    for (Path path : paths) {
      try {
        text.append(path).append(Files.size(path));
        text.append(Files.getLastModifiedTime(path).toMillis());
      } catch (IOException problem) {
        throw MachineRefused.reading(path.toString(), problem);
      }
    }
    return Integer.toHexString(text.toString().hashCode());
  }

  /// MNIST was checked when it came into the cache; a user's own files may change.
  private static String cachedListing(List<String> sources) {
    Path folder = DataCache.standard().folder(sources.getFirst());
    if (sources.getFirst().equals("mnist") || !Files.isDirectory(folder)) {
      return "cached " + sources;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      return listing(inside.filter(Files::isRegularFile).sorted().toList());
    } catch (IOException problem) {
      throw MachineRefused.reading(folder.toString(), problem);
    }
  }
}
