package snel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import snel.source.SourceFile;

/// Expected outputs kept in files beside their inputs. `-Dgolden.update=true` writes them anew.
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  /// The `.snn` files of a folder of goldens, by name.
  public static List<SourceFile> programs(String folder) {
    Path place = FOLDER.resolve(folder);
    return Folder.below(place, ".snn").stream().map(path -> Folder.program(place, path)).toList();
  }

  /// Compares `actual` with what is kept under this name.
  public static void check(String folder, String name, String actual) {
    check(FOLDER.resolve(folder).resolve(name), actual);
  }

  /// Compares `actual` with a file.
  public static void check(Path path, String actual) {
    if (Boolean.getBoolean("golden.update")) {
      write(path, actual);
    } else if (Files.exists(path)) {
      assertEquals(Folder.read(path), actual, path::toString);
    } else {
      fail(path + " is missing; run with -Dgolden.update=true and look at it");
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
