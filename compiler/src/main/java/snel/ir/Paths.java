package snel.ir;

import java.util.Collection;

/// Paths of what a network has: `E`, `E.v`, `hid[0]`, `feed.w`.
public final class Paths {
  private Paths() {}

  /// Whether a path is one of `owners`, or leads to a part of what one of them leads to.
  public static boolean isUnder(String path, Collection<String> owners) {
    return owners.stream()
        .anyMatch(owner ->
            path.equals(owner) || path.startsWith(owner + ".") || path.startsWith(owner + "["));
  }

  /// What a path leads to a part of; empty for what belongs to the network itself.
  public static String owner(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /// The name of that part.
  public static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
