package snel.runtime.record;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import snel.runtime.data.DataProblem;
import snel.runtime.file.DurableFile;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// The folder into which one run of one experiment writes (docs/results.md). Recordings grow while
/// the run goes on; everything else is written as a whole. One process holds the folder at a time.
public final class RunFolder implements AutoCloseable {
  private static final String NOTICES = "notices";

  private final Path path;
  private final FolderLock lock;
  private final Map<String, GrowingFile> growing = new TreeMap<>();
  private final Map<String, SpikeLog> spikes = new LinkedHashMap<>();
  private final Map<String, SampleLog> samples = new LinkedHashMap<>();
  private final Set<String> notices = new LinkedHashSet<>();
  private Map<String, Object> manifest = Map.of();

  private RunFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Where a run of `experiment` lies under `runs`.
  public static Path pathOf(Path runs, String experiment, RunKey key) {
    return runs.resolve(FolderContent.folderName(experiment, key));
  }

  /// The result of a run that was done before, if there is one.
  public static Optional<ResultLine> stored(Path runs, String experiment, RunKey key) {
    return FolderContent.done(pathOf(runs, experiment, key));
  }

  /// What the run in `path` told that may not have been meant, while it went on.
  public static List<String> notices(Path path) {
    Path file = path.resolve(FolderContent.MANIFEST);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return Json.object(file.toString(), text).get(NOTICES) instanceof List<?> told
          ? told.stream().map(String::valueOf).toList()
          : List.of();
    } catch (CharacterCodingException _) {
      throw DataProblem.found(
          ProblemKind.FILE_UNREADABLE, file.toString(), "a JSON object", "what is no text");
    } catch (IOException problem) {
      throw MachineRefused.reading(file.toString(), problem);
    }
  }

  /// Begins a run from nothing. What an earlier one left is kept in `previous` until this one is
  /// done.
  public static RunFolder begin(Path runs, String experiment, RunKey key) {
    RunFolder folder = open(pathOf(runs, experiment, key));
    FolderContent.setAside(folder.path);
    return folder;
  }

  /// Goes on with a run from a checkpoint at which recordings had the given lengths.
  public static RunFolder resume(
      Path runs, String experiment, RunKey key, Map<String, Long> lengths) {
    RunFolder folder = open(pathOf(runs, experiment, key));
    try {
      FolderContent.truncate(folder.path, lengths);
      folder.notices.addAll(notices(folder.path));
    } catch (RuntimeException problem) {
      folder.close();
      throw problem;
    }
    return folder;
  }

  private static RunFolder open(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException problem) {
      throw MachineRefused.writing(path, problem);
    }
    return new RunFolder(path, FolderLock.of(path));
  }

  /// A name for a file that says what it is of, which every file system and shell takes.
  public static String fileName(String subject) {
    return FolderContent.plain(subject);
  }

  public Path path() {
    return path;
  }

  public Path checkpointFile() {
    return checkpointIn(path);
  }

  /// The checkpoint of the run in a folder.
  public static Path checkpointIn(Path folder) {
    return folder.resolve(FolderContent.CHECKPOINT);
  }

  public Path stateFile() {
    return stateIn(path);
  }

  /// The state that experiments `from` the one in a folder start with.
  public static Path stateIn(Path folder) {
    return folder.resolve(FolderContent.STATE);
  }

  /// The reported values as numbers of the run in a folder.
  public static Path tablesIn(Path folder) {
    return folder.resolve(FolderContent.TABLES);
  }

  /// Deletes a file, or a folder with all that is in it.
  public static void delete(Path path) {
    FolderContent.delete(path);
  }

  /// Where files lie that the run saved over since its latest checkpoint.
  public Path keptFolder() {
    return path.resolve(FolderContent.KEPT);
  }

  public Path reportFile() {
    return path.resolve(FolderContent.REPORT);
  }

  /// Writes what the run is made of; [#finish] adds what was recorded.
  public void manifest(Manifest content) {
    manifest = content.toMap();
    writeManifest(manifest);
  }

  /// Keeps what the run tells, for those who get its stored result.
  public void notice(String sentence) {
    if (notices.add(sentence)) {
      writeManifest(manifest);
    }
  }

  private void writeManifest(Map<String, Object> content) {
    var whole = new LinkedHashMap<>(content);
    if (!notices.isEmpty()) {
      whole.put(NOTICES, List.copyOf(notices));
    }
    DurableFile.writeText(path.resolve(FolderContent.MANIFEST), Json.pretty(whole));
  }

  /// The log of a population's spikes; opened again, it goes on where it was.
  public SpikeLog spikes(String population, int neurons, TimeStep step) {
    return spikes.computeIfAbsent(
        population,
        name -> new SpikeLog(name, neurons, step, grow(FolderContent.RECORDING, name, ".spikes")));
  }

  /// The log of a state's samples; opened again, it goes on where it was.
  public SampleLog samples(SampleLog.Subject subject, SampleLog.Precision precision) {
    return samples.computeIfAbsent(
        subject.path(),
        name -> new SampleLog(subject, precision, grow(FolderContent.SAMPLES, name, ".npy")));
  }

  /// The recorded spikes so far, in the order in which recording began.
  public List<SpikeLog> spikeLogs() {
    return List.copyOf(spikes.values());
  }

  /// The recorded samples so far, in the order in which recording began.
  public List<SampleLog> sampleLogs() {
    return List.copyOf(samples.values());
  }

  private GrowingFile grow(String folder, String name, String suffix) {
    String plain = folder + "/" + FolderContent.plain(name);
    String file = plain + suffix;
    for (int k = 2; growing.containsKey(file); k++) {
      file = plain + "-" + k + suffix;
    }
    GrowingFile opened = new GrowingFile(path.resolve(file));
    growing.put(file, opened);
    return opened;
  }

  /// Puts all recordings on the disk and gives their lengths, by which a checkpoint that is written
  /// afterwards can be resumed.
  public Map<String, Long> sync() {
    samples.values().forEach(SampleLog::updateHeader);
    Map<String, Long> lengths = new TreeMap<>();
    growing.forEach((name, file) -> {
      file.sync();
      lengths.put(name, file.length());
    });
    return lengths;
  }

  /// Writes spikes, manifest and, last, the result: whoever finds it finds all else. A run that is
  /// done needs no raw logs and no older results any more; one that was stopped keeps its logs to
  /// go on from.
  public void finish(ResultLine result) {
    sync();
    if (!spikes.isEmpty()) {
      List<SpikeLog> logs = List.copyOf(spikes.values());
      SpikeFiles.writeSonata(path.resolve(FolderContent.SONATA), logs);
      SpikeFiles.writeCsv(path.resolve(FolderContent.SPIKES), logs);
    }
    var whole = new LinkedHashMap<>(manifest);
    whole.put("state", result.toMap().get("state"));
    whole.put("recordings", recordings());
    writeManifest(whole);
    DurableFile.writeText(path.resolve(FolderContent.RESULT), result.toJson() + "\n");
    if (result.state() == ResultLine.State.DONE) {
      close();
      FolderContent.delete(path.resolve(FolderContent.RECORDING));
      FolderContent.delete(keptFolder());
      FolderContent.delete(path.resolve(FolderContent.PREVIOUS));
    }
  }

  private List<Map<String, Object>> recordings() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (SpikeLog log : spikes.values()) {
      var map = new LinkedHashMap<String, Object>();
      map.put("spikes", log.population());
      map.put("file", FolderContent.SONATA);
      map.put("neurons", log.neurons());
      map.put("step_ms", log.step().text(1));
      all.add(map);
    }
    for (SampleLog log : samples.values()) {
      SampleLog.Subject subject = log.subject();
      var map = new LinkedHashMap<String, Object>();
      map.put("samples", subject.path());
      map.put("file", path.relativize(log.file().path()).toString());
      map.put("unit", subject.unit());
      map.put("rows", log.rows());
      map.put("row_shape", subject.row().lengths());
      map.put("first_ms", subject.step().text(subject.first()));
      map.put("every_ms", subject.step().text(subject.every()));
      all.add(map);
    }
    return all;
  }

  /// Closes all files and lets other processes in.
  @Override
  public void close() {
    try {
      growing.values().forEach(GrowingFile::close);
    } finally {
      growing.clear();
      lock.close();
    }
  }
}
