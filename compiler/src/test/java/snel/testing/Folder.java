package snel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import snel.resolve.Loader;
import snel.source.SourceFile;

/// Files of the checkout that tests read.
public final class Folder {
  private Folder() {}

  /// The files below a folder whose names end so, by name; there must be one.
  public static List<Path> below(Path folder, String ending) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> found = paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
      if (found.isEmpty()) {
        throw new AssertionError("no " + ending + " below " + folder);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A program, called by its place in `folder`.
  public static SourceFile program(Path folder, Path file) {
    return new SourceFile(folder.relativize(file).toString().replace('\\', '/'), read(file));
  }

  /// Finds imported files in these folders, from left to right.
  public static Loader loader(Path... folders) {
    return new InFolders(List.of(folders));
  }

  private record InFolders(List<Path> folders) implements Loader {
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

    @Override
    public Collection<String> names(String path) {
      return folders.stream()
          .map(folder -> folder.resolve(path).toFile().list())
          .filter(Objects::nonNull)
          .flatMap(Arrays::stream)
          .map(name -> name.replaceFirst("\\.snn$", ""))
          .toList();
    }
  }
}
