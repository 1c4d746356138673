package snel.runtime.rng;

import java.nio.charset.StandardCharsets;

/// The second half of a Philox key: the hash of the name of what is drawn (semantics.md §10).
public final class Stream {
  private static final int FNV_OFFSET = 0x811C9DC5;
  private static final int FNV_PRIME = 0x01000193;

  private Stream() {}

  /// FNV-1a-32 of the name's UTF-8 bytes.
  public static int of(String name) {
    int hash = FNV_OFFSET;
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  /// The full name `path#k:purpose@j`: k-th declaration of an equal path, j-th draw of one
  /// expression; either is left out when 0.
  public static String name(String path, int declaration, String purpose, int draw) {
    String owner = declaration == 0 ? path : path + "#" + declaration;
    String what = draw == 0 ? purpose : purpose + "@" + draw;
    return owner + ":" + what;
  }
}
