package snel.runtime.record;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import snel.runtime.file.MachineRefused;

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

  /// Moves what an earlier run left to `previous`, where it stays until this one is done.
  static void setAside(Path folder) {
    List<Path> old;
    try (Stream<Path> inside = Files.list(folder)) {
      old = inside.filter(path -> !isOwn(path)).toList();
    } catch (IOException problem) {
      throw MachineRefused.reading(folder.toString(), problem);
    }
    if (old.isEmpty()) {
      return;
    }
    Path previous = folder.resolve(PREVIOUS);
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
