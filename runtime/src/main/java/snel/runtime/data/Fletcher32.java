package snel.runtime.data;

import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.Filter;
import java.util.Arrays;

/// The check sum that HDF5 writes behind a chunk. The library's own filter neither checks it nor
/// takes it away, so that what comes before it in the pipeline sees four bytes too many.
final class Fletcher32 implements Filter {
  private static final int ID = 3;
  private static final int BYTES = 4;

  /// Words that can be summed before a sum of 32 bits overflows.
  private static final int WORDS = 360;

  private static final int LOW = 0xffff;

  @Override
  public int getId() {
    return ID;
  }

  @Override
  public String getName() {
    return "fletcher32";
  }

  @Override
  public byte[] decode(byte[] stored, int[] parameters) {
    if (stored.length < BYTES) {
      throw new HdfFilterException("a chunk too short for its check sum");
    }
    byte[] content = Arrays.copyOf(stored, stored.length - BYTES);
    int written = 0;
    for (int k = BYTES - 1; k >= 0; k--) {
      written = written << 8 | stored[content.length + k] & 0xff;
    }
    int sum = sum(content);
    if (written != sum && written != turned(sum)) {
      throw new HdfFilterException(
          "a chunk with the check sum %08X where its bytes have %08X".formatted(written, sum));
    }
    return content;
  }

  /// As HDF5 up to 1.6.2 wrote it on little-endian machines.
  private static int turned(int sum) {
    return (sum & 0x00ff00ff) << 8 | sum >>> 8 & 0x00ff00ff;
  }

  static int sum(byte[] content) {
    int first = 0;
    int second = 0;
    int words = 0;
    for (int at = 0; at < content.length; at += 2) {
      int low = at + 1 < content.length ? content[at + 1] & 0xff : 0;
      first += (content[at] & 0xff) << 8 | low;
      second += first;
      words++;
      if (words % WORDS == 0 || at + 2 >= content.length) {
        first = folded(first);
        second = folded(second);
      }
    }
    return folded(second) << 16 | folded(first);
  }

  private static int folded(int sum) {
    return (sum & LOW) + (sum >>> 16);
  }
}
