package snel.runtime.data;

import io.jhdf.Superblock;
import io.jhdf.checksum.ChecksumUtils;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The bytes of an HDF5 file, by address.
record Hdf5Bytes(String file, HdfBackingStorage storage) {
  /// An address that stands for nothing written.
  static final long NOWHERE = -1;

  private static final int SIGNATURE = 4;
  static final int CHECK_SUM = 4;

  Superblock superblock() {
    return storage.getSuperblock();
  }

  ByteBuffer at(long address, long length) {
    long end = storage.size() - storage.getUserBlockSize();
    if (address < 0 || length < 0 || length > end || address > end - length) {
      throw new HdfException(
          length + " bytes at byte " + address + " of a file of " + end + " bytes");
    }
    return storage.map(address, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Bytes of which the last four are the check sum of the others.
  ByteBuffer checked(long address, long length) {
    ByteBuffer block = at(address, length);
    ChecksumUtils.validateChecksum(block.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    return block.limit(block.limit() - CHECK_SUM);
  }

  /// The same behind the letters that tell its kind, and its version, which is 0.
  ByteBuffer block(String signature, long address, long length) {
    ByteBuffer block = checked(address, length);
    requireSignature(signature, block);
    int version = block.get();
    if (version != 0) {
      throw new HdfException("version " + version + " of a block " + signature);
    }
    return block;
  }

  static void requireSignature(String signature, ByteBuffer block) {
    byte[] letters = new byte[SIGNATURE];
    block.get(letters);
    if (!signature.equals(new String(letters, StandardCharsets.ISO_8859_1))) {
      throw new HdfException("no block " + signature + " where one should be");
    }
  }

  int widthOfAddress() {
    return storage.getSizeOfOffsets();
  }

  int widthOfLength() {
    return storage.getSizeOfLengths();
  }

  long address(ByteBuffer from) {
    return unsigned(from, widthOfAddress());
  }

  long length(ByteBuffer from) {
    return unsigned(from, widthOfLength());
  }

  /// A number of up to 8 bytes; `NOWHERE` if all its bits are set.
  static long unsigned(ByteBuffer from, int width) {
    long value = 0;
    boolean isNowhere = true;
    for (int k = 0; k < width; k++) {
      int next = from.get() & 0xff;
      isNowhere &= next == 0xff;
      value |= k < Long.BYTES ? (long) next << 8 * k : 0;
    }
    return isNowhere ? NOWHERE : value;
  }
}
