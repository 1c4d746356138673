package snel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import snel.source.SourceFile;

/// Expected outputs kept in files beside their inputs. `-Dgolden.update=true` writes them anew.
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /// The `.snn` files of a folder of goldens, by name.
  public static List<SourceFile> programs(String folder) {
    try (Stream<Path> paths = Files.list(FOLDER.resolve(folder))) {
      return paths
          .filter(path -> path.toString().endsWith(".snn"))
          .sorted()
          .map(path -> new SourceFile(path.getFileName().toString(), read(path)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Compares `actual` with what is kept under this name.
  public static void check(String folder, String name, String actual) {
    Path path = FOLDER.resolve(folder).resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      write(path, actual);
    } else if (Files.exists(path)) {
      assertEquals(read(path), actual, name);
    } else {
      fail(name + " is missing; run with -Dgolden.update=true and look at it");
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path path, String text) {
    try {
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
