package snel.parse;

import java.nio.file.Path;
import java.util.List;
import snel.source.SourceFile;
import snel.testing.Folder;

/// The sample programs: one for each corner of the language, and the torture files.
public final class Samples {
  private static final Path FOLDER = Path.of("src/test/resources/samples");

  private Samples() {}

  /// All of them, by name.
  public static List<SourceFile> all() {
    return Folder.below(FOLDER, ".snn").stream().map(path -> Folder.program(FOLDER, path)).toList();
  }
}
