package snel.runtime.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import snel.runtime.data.DataProblem;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// What lies in a run folder, by name, and how one run makes room for the next.
final class FolderContent {
  static final String RESULT = "result.json";
  static final String MANIFEST = "manifest.json";
  static final String REPORT = "report.html";
  static final String SONATA = "spikes.h5";
  static final String SPIKES = "spikes.csv";
  static final String SAMPLES = "samples";
  static final String TABLES = "tables";
  static final String CHECKPOINT = "checkpoint.snel";
  static final String STATE = "state.snel";
  static final String RECORDING = "recording";
  static final String KEPT = "kept";
  static final String PREVIOUS = "previous";
  static final String LOCK = ".lock";

  /// What a run writes itself (`docs/results.md`), and what holds its folder.
  static final List<String> OWN =
      List.of(
          RESULT,
          MANIFEST,
          REPORT,
          SONATA,
          SPIKES,
          SAMPLES,
          TABLES,
          CHECKPOINT,
          STATE,
          RECORDING,
          KEPT,
          PREVIOUS,
          LOCK);

  private static final List<String> GROWING = List.of(RECORDING, SAMPLES);
  private static final int LONGEST = 60;

  /// Without its result, a folder whose files are on their way is not that of a run that is done.
  private static final Comparator<Path> RESULT_FIRST =
      Comparator.comparing(path -> !path.endsWith(RESULT));

  private FolderContent() {}

  /// A name that every file system and shell takes.
  static String plain(String name) {
    String clean = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("-(?=\\.)|-$|^-", "");
    String some = clean.isEmpty() ? "unnamed" : clean;
    return some.substring(0, Math.min(LONGEST, some.length()));
  }

  /// The name of an experiment's folder.
  static String folderName(String experiment, RunKey key) {
    return plain(experiment) + "-" + key.text();
  }

  /// The result in a folder whose run is done.
  static Optional<ResultLine> done(Path folder) {
    Path file = folder.resolve(RESULT);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return Optional.of(ResultLine.parse(file.toString(), text))
          .filter(result -> result.state() == ResultLine.State.DONE);
    } catch (CharacterCodingException _) {
      throw DataProblem.found(
          ProblemKind.FILE_UNREADABLE, file.toString(), "a JSON object", "what is no text");
    } catch (IOException problem) {
      throw MachineRefused.reading(file.toString(), problem);
    }
  }

  private static boolean isDone(Path folder) {
    try {
      return done(folder).isPresent();
    } catch (DataProblem _) {
      return false;
    }
  }

  /// Moves what an earlier run left to `previous`, where it stays until this one is done. What is
  /// there already is given up only for what is worth as much.
  static void setAside(Path folder) {
    List<Path> old;
    try (Stream<Path> inside = Files.list(folder)) {
      old = inside.filter(path -> !isOwn(path)).sorted(RESULT_FIRST).toList();
    } catch (IOException problem) {
      throw MachineRefused.reading(folder.toString(), problem);
    }
    if (old.isEmpty()) {
      return;
    }
    Path previous = folder.resolve(PREVIOUS);
    if (isDone(previous) && !isDone(folder)) {
      old.forEach(FolderContent::delete);
      return;
    }
    delete(previous);
    try {
      Files.createDirectories(previous);
      for (Path path : old) {
        Files.move(path, previous.resolve(path.getFileName()));
      }
    } catch (IOException problem) {
      throw MachineRefused.writing(previous, problem);
    }
  }

  private static boolean isOwn(Path path) {
    String name = path.getFileName().toString();
    return name.equals(LOCK) || name.equals(PREVIOUS);
  }

  /// Brings all growing files back to the lengths of a checkpoint; those that were not there then
  /// are removed.
  static void truncate(Path folder, Map<String, Long> lengths) {
    Set<Path> kept = new HashSet<>();
    lengths.forEach((name, length) -> {
      Path file = folder.resolve(name);
      GrowingFile.truncate(file, length);
      kept.add(file);
    });
    for (String growing : GROWING) {
      Path inside = folder.resolve(growing);
      if (Files.isDirectory(inside)) {
        try (Stream<Path> files = Files.list(inside)) {
          files.filter(file -> !kept.contains(file)).forEach(FolderContent::delete);
        } catch (IOException problem) {
          throw MachineRefused.reading(inside.toString(), problem);
        }
      }
    }
  }

  /// Deletes a file, or a folder with all that is in it.
  static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException problem) {
      throw MachineRefused.writing(path, problem);
    } catch (UncheckedIOException problem) {
      throw MachineRefused.writing(path, problem);
    }
  }
}
