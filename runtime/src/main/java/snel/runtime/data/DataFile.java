package snel.runtime.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Something that can be read from its beginning: a file on disk or one that ships with the
/// program.
public interface DataFile {
  /// The name that messages use.
  String name();

  /// Opens the content as it is stored, compressed or not.
  InputStream open() throws IOException;

  /// A file on disk.
  static DataFile at(Path path) {
    return new OnDisk(path);
  }

  /// A file on the class path, for instance one of the standard library.
  static DataFile resource(ClassLoader loader, String path) {
    return new Resource(loader, path);
  }

  /// A file on disk, named as the user wrote it.
  record OnDisk(Path path) implements DataFile {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public InputStream open() throws IOException {
      if (Files.isDirectory(path)) {
        throw DataProblem.found(name(), "a file", "a folder");
      }
      return Files.newInputStream(path);
    }
  }

  /// A file on the class path.
  record Resource(ClassLoader loader, String path) implements DataFile {
    @Override
    public String name() {
      return path;
    }

    @Override
    public InputStream open() throws IOException {
      InputStream stream = loader.getResourceAsStream(path);
      if (stream == null) {
        throw new java.nio.file.NoSuchFileException(path);
      }
      return stream;
    }
  }
}
