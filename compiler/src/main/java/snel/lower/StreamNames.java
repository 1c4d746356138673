package snel.lower;

/// Streams of random numbers for what lies outside the network: protocols and data.
public final class StreamNames {
  private StreamNames() {}

  /// Stream of the `ordinal`-th draw of `purpose` at `path` (semantics.md §10).
  public static int of(String path, String purpose, int ordinal) {
    return Streams.of(path, purpose, ordinal);
  }
}
