package snel.runtime.data;

import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;

/// What stands where an array of an HDF5 file was never written.
final class Hdf5Fill {
  private static final int IS_GIVEN = 1 << 5;

  private Hdf5Fill() {}

  /// The bytes of one number; 0 if the file gives none.
  static byte[] of(Hdf5Header header, int width) {
    byte[] nought = new byte[width];
    return header
        .find(Hdf5Header.FILL)
        .map(message -> present(message, nought))
        .or(() -> header.find(Hdf5Header.OLD_FILL).map(message -> value(message, nought)))
        .orElse(nought);
  }

  private static byte[] present(ByteBuffer message, byte[] nought) {
    int version = message.get();
    int flags = message.get();
    boolean isGiven;
    if (version == 3) {
      isGiven = (flags & IS_GIVEN) != 0;
    } else {
      message.get(); // when it is written
      isGiven = message.get() != 0;
    }
    return isGiven ? value(message, nought) : nought;
  }

  private static byte[] value(ByteBuffer message, byte[] nought) {
    int size = message.getInt();
    if (size <= 0) {
      return nought;
    }
    if (size != nought.length) {
      throw new HdfException("a fill value of " + size + " bytes");
    }
    byte[] value = new byte[size];
    message.get(value);
    return value;
  }

  static byte[] filled(byte[] value, long count) {
    byte[] all = new byte[Math.toIntExact(value.length * count)];
    for (int at = 0; at < all.length; at += value.length) {
      System.arraycopy(value, 0, all, at, value.length);
    }
    return all;
  }
}
