package snel.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import snel.elaborate.Context;
import snel.elaborate.Val;
import snel.resolve.Loader;
import snel.source.SourceFile;

/// Files that the benchmarked programs import: beside them, or of the library. They have no tables.
record FolderLoader(Path folder) implements Loader, Context.Files {
  SourceFile read(String name) {
    return load(name).orElseThrow(() -> new IllegalArgumentException("no " + folder.resolve(name)));
  }

  @Override
  public Optional<SourceFile> load(String path) {
    try {
      Path file = folder.resolve(path);
      if (Files.isRegularFile(file)) {
        return Optional.of(new SourceFile(path, Files.readString(file)));
      }
      try (InputStream in = FolderLoader.class.getClassLoader().getResourceAsStream(path)) {
        return in == null
            ? Optional.empty()
            : Optional.of(
                new SourceFile(path, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public boolean isFolder(String path) {
    return Files.isDirectory(folder.resolve(path))
        || FolderLoader.class.getClassLoader().getResource(path) != null;
  }

  @Override
  public Collection<String> names(String path) {
    return List.of();
  }

  @Override
  public Val csv(String folder, String name, boolean header, char separator) {
    throw new IllegalArgumentException("no tables in benchmarks");
  }

  @Override
  public Val npy(String folder, String name) {
    throw new IllegalArgumentException("no tables in benchmarks");
  }
}
