package snel.resolve;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import snel.source.SourceFile;

/// Gives the text of the files that programs import. Paths are relative and use `/`: the first
/// place looked at is the program's folder, then installed packages, then the library (`std/…`).
public interface Loader {
  /// The file at `path` (`std/neurons/Lif.snn`), if there is one.
  Optional<SourceFile> load(String path);

  /// Whether `path` is a folder with something in it.
  boolean isFolder(String path);

  /// What lies in the folder `path`, without endings, for the author who mistyped one of them.
  Collection<String> names(String path);

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

        @Override
        public Collection<String> names(String path) {
          return List.of();
        }
      };
}
