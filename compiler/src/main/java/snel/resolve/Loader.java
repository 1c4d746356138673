package snel.resolve;

import java.util.Optional;
import snel.source.SourceFile;

/// Gives the text of the files that programs import. Paths are relative and use `/`: the first
/// place looked at is the program's folder, then installed packages, then the library (`std/…`).
public interface Loader {
  /// The file at `path` (`std/neurons/Lif.snn`), if there is one.
  Optional<SourceFile> load(String path);

  /// Whether `path` is a folder with something in it.
  boolean isFolder(String path);

  /// Knows no file.
  Loader NONE =
      new Loader() {
        @Override
        public Optional<SourceFile> load(String path) {
          return Optional.empty();
        }

        @Override
        public boolean isFolder(String path) {
          return false;
        }
      };
}
