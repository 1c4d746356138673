package snel.runtime.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The list of chunks that a fixed or extensible array of HDF5 is: where each lies and, if it is
/// packed, how long it is.
final class Hdf5Elements {
  private static final int MASK = 4;

  private final Hdf5Bytes bytes;
  private final boolean isPacked;
  private final int width;
  private final List<Element> found = new ArrayList<>();

  /// @param bytes 0 for a chunk that is not packed
  /// @param skipped the filters that it did not go through
  record Element(long index, long address, long bytes, BitSet skipped) {
    boolean isWhole() {
      return bytes == 0;
    }
  }

  /// @param width bytes of an element
  Hdf5Elements(Hdf5Bytes bytes, boolean isPacked, int width) {
    this.bytes = bytes;
    this.isPacked = isPacked;
    this.width = width;
  }

  int width() {
    return width;
  }

  List<Element> found() {
    return found;
  }

  /// Reads elements, of which those of chunks never written are left out.
  ///
  /// @param first the index of the first
  void take(ByteBuffer from, long first, long count) {
    for (long k = 0; k < count; k++) {
      int end = from.position() + width;
      long address = bytes.address(from);
      if (address != Hdf5Bytes.NOWHERE) {
        found.add(isPacked ? packed(from, first + k, address) : whole(first + k, address));
      }
      from.position(end);
    }
  }

  private static Element whole(long index, long address) {
    return new Element(index, address, 0, new BitSet());
  }

  private Element packed(ByteBuffer from, long index, long address) {
    long size = Hdf5Bytes.unsigned(from, width - bytes.widthOfAddress() - MASK);
    long mask = from.getInt() & 0xffffffffL;
    return new Element(index, address, size, BitSet.valueOf(new long[] {mask}));
  }

  /// Reads elements in pages, each with its check sum, of which those never written hold nothing.
  ///
  /// @param at where the first page begins
  /// @param written a bit for each, the highest of a byte first
  /// @param firstBit the bit of the first page
  void takePages(Pages pages, long at, ByteBuffer written, long firstBit) {
    long address = at;
    for (long from = 0; from < pages.count; from += pages.size) {
      long here = Math.min(pages.size, pages.count - from);
      long bit = firstBit + from / pages.size;
      if ((written.get((int) (bit / 8)) & 0x80 >> bit % 8) != 0) {
        take(bytes.checked(address, here * width + Hdf5Bytes.CHECK_SUM), pages.first + from, here);
      }
      address += pages.size * width + Hdf5Bytes.CHECK_SUM;
    }
  }

  /// @param first the index of the first element
  /// @param count how many elements there are
  /// @param size how many a full page has
  record Pages(long first, long count, long size) {}
}
