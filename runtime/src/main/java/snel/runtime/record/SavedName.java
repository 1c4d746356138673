package snel.runtime.record;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// What `save` may call a file: one in the folder of the run that the run does not write itself.
public final class SavedName {
  private SavedName() {}

  /// Why a file cannot be saved under this name.
  public static Optional<String> refusal(String name) {
    Path path;
    try {
      path = Path.of(name).normalize();
    } catch (InvalidPathException _) {
      return Optional.of("`save` wants the name of a file, not `" + name + "`");
    }
    if (path.isAbsolute() || path.startsWith("..")) {
      return Optional.of(
          "`save` writes into the folder of the run, and `" + name + "` lies outside of it");
    }
    String first = path.getName(0).toString();
    if (first.isEmpty()) {
      return Optional.of("`save` wants the name of a file, not `" + name + "`");
    }
    return FolderContent.OWN.stream()
        .filter(first::equalsIgnoreCase)
        .findFirst()
        .map(own -> "`save` cannot write `" + name + "`: the run writes `" + own + "` itself");
  }
}
