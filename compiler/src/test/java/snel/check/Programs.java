package snel.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.resolve.Library;
import snel.resolve.Loader;
import snel.source.SourceFile;

/// Programs in files, checked as the command does: beside them lies what they import, and the
/// library.
final class Programs {
  private static final Path STDLIB = Path.of("../stdlib/src/main/resources");

  private Programs() {}

  /// All programs below a folder.
  static List<Path> below(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(".snn")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is said of a program in a file of `folder`.
  static List<Diagnostic> check(Path folder, Path program) {
    String name = folder.relativize(program).toString().replace('\\', '/');
    return check(new SourceFile(name, read(program)), folder);
  }

  /// What is said of a program that can import from the library alone.
  static List<Diagnostic> check(SourceFile program) {
    return check(program, STDLIB);
  }

  private static List<Diagnostic> check(SourceFile program, Path folder) {
    var diagnostics = new Diagnostics();
    var scope = Library.read(program, new Folders(List.of(folder, STDLIB)), diagnostics);
    Checker.check(scope, diagnostics);
    return diagnostics.sorted();
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Folders(List<Path> folders) implements Loader {
    @Override
    public Optional<SourceFile> load(String path) {
      return folders.stream()
          .map(folder -> folder.resolve(path))
          .filter(Files::isRegularFile)
          .findFirst()
          .map(file -> new SourceFile(path, read(file)));
    }

    @Override
    public boolean isFolder(String path) {
      return folders.stream().anyMatch(folder -> Files.isDirectory(folder.resolve(path)));
    }
  }
}
