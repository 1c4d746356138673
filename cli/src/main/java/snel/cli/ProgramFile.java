package snel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import snel.runtime.data.DataProblem;
import snel.runtime.file.MachineRefused;
import snel.source.SourceFile;

/// Reads `.snn` files from the disk.
final class ProgramFile {
  private ProgramFile() {}

  /// The text of a file, which must be UTF-8.
  static SourceFile read(Path path) {
    try {
      return new SourceFile(path.toString(), text(path, Files.readAllBytes(path)));
    } catch (NoSuchFileException _) {
      throw DataProblem.missing(path.toString(), "a program");
    } catch (IOException problem) {
      if (Files.isDirectory(path)) {
        throw DataProblem.found(path.toString(), "a program", "a folder");
      }
      throw MachineRefused.reading(path.toString(), problem);
    }
  }

  private static String text(Path path, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw DataProblem.found(path.toString(), "a text in UTF-8", "other bytes");
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
      return inside.filter(file -> file.toString().endsWith(".snn")).sorted().toList();
    } catch (IOException problem) {
      throw MachineRefused.reading(folder.toString(), problem);
    } catch (UncheckedIOException problem) {
      throw MachineRefused.reading(folder.toString(), new IOException(problem));
    }
  }

  /// The folder that imports and data files of a program are looked for in.
  static Path folder(Path program) {
    Path parent = program.toAbsolutePath().getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }
}
