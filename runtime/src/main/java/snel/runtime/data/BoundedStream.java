package snel.runtime.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Content that is read as a whole. What unpacks to more than memory can hold, as a few damaged or
/// ill-meant bytes may, is told before it has taken all of it.
final class BoundedStream extends FilterInputStream {
  /// While it is put together, content is in memory twice.
  private static final int COPIES = 2;

  private final String place;
  private final String kind;
  private final long limit;
  private long taken;

  /// @param place the file, and what of it
  /// @param limit in bytes
  BoundedStream(InputStream content, String place, String kind, long limit) {
    super(content);
    this.place = place;
    this.kind = kind;
    this.limit = limit;
  }

  /// All of `content`, if an array of bytes in this machine's memory can hold it.
  static byte[] all(InputStream content, String place, String kind) throws IOException {
    long limit = Math.min(Integer.MAX_VALUE - 8L, Memory.allowed() / COPIES);
    return new BoundedStream(content, place, kind, limit).readAllBytes();
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = super.read(into, from, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int bytes) {
    taken += bytes;
    if (taken > limit) {
      throw Memory.exceeded(place, kind + " of at most " + limit + " bytes", "more");
    }
  }
}
