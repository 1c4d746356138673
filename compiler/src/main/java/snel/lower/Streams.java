package snel.lower;

import java.nio.charset.StandardCharsets;

/// Names of random streams: FNV-1a, 32 bits, of the UTF-8 text (semantics.md §10).
final class Streams {
  private Streams() {}

  static int of(String name) {
    int hash = 0x811c9dc5;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x01000193;
    }
    StreamBook.note(hash, name);
    return hash;
  }

  /// The path of the `declaration`-th declaration of an equal path.
  static String path(String path, int declaration) {
    return declaration == 0 ? path : path + "#" + declaration;
  }

  /// Stream of the `ordinal`-th draw of `purpose` at `path`.
  static int of(String path, String purpose, int ordinal) {
    return of(path + ":" + purpose + (ordinal == 0 ? "" : "@" + ordinal));
  }
}
