package snel.runtime.data;

import java.nio.file.Path;
import java.util.Map;

/// The folder in which data sets that were fetched or added lie, one folder each.
public record DataCache(Path root) {
  /// `$SNEL_DATA` if it is set, else `snel/data` in the user's cache folder.
  public static DataCache of(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault("SNEL_DATA", "");
    if (!own.isEmpty()) {
      return new DataCache(Path.of(own));
    }
    String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder = caches.isEmpty() ? home.resolve(".cache") : Path.of(caches);
    return new DataCache(folder.resolve("snel").resolve("data"));
  }

  /// The cache of the user who runs this program.
  public static DataCache standard() {
    return of(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  public Path folder(String name) {
    return root.resolve(name);
  }
}
