package snel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import snel.diagnostics.Nearest;
import snel.runtime.data.DataProblem;
import snel.runtime.file.MachineRefused;
import snel.source.SourceFile;

/// Reads `.snn` files from the disk.
final class ProgramFile {
  private static final String SUFFIX = ".snn";

  private ProgramFile() {}

  /// The text of a file, which must be UTF-8.
  static SourceFile read(Path path) {
    if (path.toString().isEmpty()) {
      throw new Misuse("the name of the program is empty: give that of a `.snn` file");
    }
    try {
      return new SourceFile(path.toString(), text(path, Files.readAllBytes(path)));
    } catch (NoSuchFileException _) {
      throw DataProblem.missing(path.toString(), "a program", meant(path));
    } catch (IOException problem) {
      if (Files.isDirectory(path)) {
        throw DataProblem.found(path.toString(), "a program", "a folder" + meantIn(path));
      }
      throw MachineRefused.reading(path.toString(), problem);
    }
  }

  /// `snel run ring` for `ring.snn`, or a name that is not quite right.
  private static String meant(Path path) {
    String name = withoutSuffix(path);
    List<String> names = namesIn(folder(path));
    Optional<String> found =
        Optional.of(name).filter(names::contains).or(() -> Nearest.to(name, names));
    return Nearest.hint(found.map(own -> path.resolveSibling(own + SUFFIX).toString()));
  }

  /// The program of a folder that has one only.
  private static String meantIn(Path folder) {
    List<String> names = namesIn(folder);
    return names.size() == 1
        ? Nearest.hint(Optional.of(folder.resolve(names.getFirst() + SUFFIX).toString()))
        : "";
  }

  /// What the programs of a folder are called.
  private static List<String> namesIn(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(file -> file.toString().endsWith(SUFFIX))
          .map(ProgramFile::withoutSuffix)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of(); // only a hint is lost
    }
  }

  private static String withoutSuffix(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private static String text(Path path, byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
    } catch (CharacterCodingException _) {
      long line = 1 + IntStream.range(0, rest.position()).filter(k -> bytes[k] == '\n').count();
      throw DataProblem.found(
          path.toString(), "a text in UTF-8", "bytes of another encoding in line " + line);
    }
  }

  /// Parameters that name programs, and folders with them.
  static Supplier<List<Path>> paths(Usage usage) {
    return usage.parameters(0, "1..*", "FILE", Path.class, "programs or folders");
  }

  /// The programs that these paths stand for: each itself, or all below a folder.
  static List<Path> programs(List<Path> paths) {
    return paths.stream()
        .flatMap(path -> (Files.isDirectory(path) ? below(path) : List.of(path)).stream())
        .toList();
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      return inside.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException problem) {
      throw MachineRefused.reading(folder.toString(), problem);
    } catch (UncheckedIOException problem) {
      throw problem.getCause() instanceof FileSystemException inside && inside.getFile() != null
          ? MachineRefused.reading(inside.getFile(), inside)
          : MachineRefused.reading(folder.toString(), problem);
    }
  }

  /// The folder that imports and data files of a program are looked for in.
  static Path folder(Path program) {
    Path parent = program.toAbsolutePath().getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }
}
