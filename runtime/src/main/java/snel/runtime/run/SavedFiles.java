package snel.runtime.run;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.runtime.data.DataProblem;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.RunFolder;
import snel.runtime.record.SavedName;
import snel.runtime.schedule.NetworkView;

/// Files that `save` writes. What a file was at the latest checkpoint is kept until the next one: a
/// run that goes on from there loads what it would have loaded had it not been stopped.
///
/// What is kept lies in a folder of the checkpoint's number, which the checkpoint holds, so that
/// nothing is taken for older than it is if the run is killed between a checkpoint and the tidying
/// up after it.
final class SavedFiles {
  private static final String WAS = "was.";
  private static final String NEW = "new.";
  private static final String PART = "part";

  private final Path folder;
  private final Path kept;
  private long checkpoint;

  /// Of a run that begins.
  SavedFiles(RunFolder run) {
    this.folder = run.path();
    this.kept = run.keptFolder();
  }

  /// Of a run that goes on: files become what they were at that checkpoint.
  static SavedFiles asOf(RunFolder run, long checkpoint) {
    var files = new SavedFiles(run);
    files.bringBack(checkpoint);
    files.keepFrom(checkpoint);
    return files;
  }

  void save(NetworkView view, String file) {
    SavedName.refusal(file)
        .ifPresent(why -> {
          throw new DataProblem(ProblemKind.BAD_VALUE, why);
        });
    Path target = at(file);
    if (checkpoint > 0) {
      keep(target);
    }
    Weights.save(view, target);
  }

  /// What was saved under this name, if it is there.
  Optional<Path> find(String file) {
    return SavedName.refusal(file).isPresent()
        ? Optional.empty()
        : Optional.of(at(file)).filter(Files::isRegularFile);
  }

  private Path at(String file) {
    return folder.resolve(file).normalize();
  }

  /// The number of the checkpoint that comes next.
  long next() {
    return checkpoint + 1;
  }

  /// A checkpoint of that number has been written: no run goes on from an earlier one any more.
  void keepFrom(long number) {
    checkpoint = number;
    String current = Long.toString(number);
    try {
      for (Path old : inside(kept)) {
        if (!old.getFileName().toString().equals(current)) {
          RunFolder.delete(old);
        }
      }
    } catch (IOException problem) {
      throw MachineRefused.writing(kept, problem);
    }
  }

  private void keep(Path target) {
    Path root = folder.normalize();
    Path named = target.startsWith(root) ? root.relativize(target) : target.toAbsolutePath();
    String name = URLEncoder.encode(named.toString(), StandardCharsets.UTF_8);
    Path current = kept.resolve(Long.toString(checkpoint));
    Path was = current.resolve(WAS + name);
    Path isNew = current.resolve(NEW + name);
    if (Files.exists(was) || Files.exists(isNew)) {
      return;
    }
    try {
      Files.createDirectories(current);
      if (Files.exists(target)) {
        // a copy that the machine stops in the middle of is none
        Path part = current.resolve(PART);
        Files.copy(target, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, was, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.createFile(isNew);
      }
    } catch (IOException problem) {
      throw MachineRefused.writing(target, problem);
    }
  }

  private void bringBack(long number) {
    try {
      for (Path file : inside(kept.resolve(Long.toString(number)))) {
        String name = file.getFileName().toString();
        if (name.equals(PART)) {
          continue;
        }
        String named = URLDecoder.decode(name.substring(WAS.length()), StandardCharsets.UTF_8);
        Path target = folder.resolve(named).normalize();
        if (name.startsWith(WAS)) {
          Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
          Files.deleteIfExists(target);
          Files.delete(file);
        }
      }
    } catch (IOException problem) {
      throw MachineRefused.writing(kept, problem);
    }
  }

  private static List<Path> inside(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
