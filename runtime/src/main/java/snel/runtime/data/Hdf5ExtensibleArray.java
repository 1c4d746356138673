package snel.runtime.data;

import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;
import java.util.List;

/// The list of chunks of an array that can grow without end along one axis. The first elements lie
/// in the index block, those that follow in data blocks, ever longer ones, which the index block
/// tells, and behind these in data blocks that super blocks tell.
final class Hdf5ExtensibleArray {
  private final Hdf5Bytes bytes;
  private final Hdf5Elements elements;
  private final int widthOfIndex;
  private final int inIndex;
  private final long shortest;
  private final int firstPointers;
  private final long page;
  private final int superBlocks;
  private final long index;

  private Hdf5ExtensibleArray(Hdf5Bytes bytes, long address) {
    this.bytes = bytes;
    int length = 12 + 6 * bytes.widthOfLength() + bytes.widthOfAddress() + Hdf5Bytes.CHECK_SUM;
    ByteBuffer header = bytes.block("EAHD", address, length);
    boolean isPacked = header.get() == 1;
    this.elements = new Hdf5Elements(bytes, isPacked, header.get() & 0xff);
    int bits = header.get() & 0xff;
    this.widthOfIndex = (bits + 7) / 8;
    this.inIndex = header.get() & 0xff;
    this.shortest = header.get() & 0xff;
    this.firstPointers = header.get() & 0xff;
    this.page = 1L << header.get();
    if (Long.bitCount(shortest) != 1 || Integer.bitCount(firstPointers) != 1) {
      throw new HdfException("blocks of " + shortest + " chunks, " + firstPointers + " of them");
    }
    this.superBlocks = 1 + bits - Long.numberOfTrailingZeros(shortest);
    header.position(header.position() + 6 * bytes.widthOfLength()); // how much there is
    this.index = bytes.address(header);
  }

  static List<Hdf5Elements.Element> read(Hdf5Bytes bytes, long address) {
    var array = new Hdf5ExtensibleArray(bytes, address);
    if (array.index != Hdf5Bytes.NOWHERE) {
      array.readIndex();
    }
    return array.elements.found();
  }

  /// How many data blocks the super block of a number has.
  private static long blocks(int number) {
    return 1L << number / 2;
  }

  /// How many elements each of them has.
  private long length(int number) {
    return shortest << (number + 1) / 2;
  }

  private void readIndex() {
    int direct = 2 * Integer.numberOfTrailingZeros(firstPointers);
    int pointers = 2 * (firstPointers - 1) + Math.max(0, superBlocks - direct);
    int prefix = 6 + bytes.widthOfAddress();
    int length = prefix + inIndex * elements.width() + pointers * bytes.widthOfAddress();
    ByteBuffer block = bytes.block("EAIB", index, length + Hdf5Bytes.CHECK_SUM).position(prefix);
    elements.take(block, 0, inIndex);
    long first = inIndex;
    for (int number = 0; number < superBlocks; number++) {
      if (number < direct) {
        for (long k = 0; k < blocks(number); k++) {
          readData(bytes.address(block), first + k * length(number), length(number));
        }
      } else {
        readSuper(bytes.address(block), first, number);
      }
      first += blocks(number) * length(number);
    }
  }

  private void readSuper(long address, long first, int number) {
    if (address == Hdf5Bytes.NOWHERE) {
      return;
    }
    long pages = length(number) > page ? length(number) / page : 0;
    int prefix = 6 + bytes.widthOfAddress() + widthOfIndex;
    int bitmap = Math.toIntExact(blocks(number) * Math.ceilDiv(pages, 8L));
    long pointers = Math.multiplyExact(blocks(number), bytes.widthOfAddress());
    ByteBuffer block =
        bytes.block("EASB", address, prefix + bitmap + pointers + Hdf5Bytes.CHECK_SUM);
    ByteBuffer written = block.slice(prefix, bitmap);
    block.position(prefix + bitmap);
    for (long k = 0; k < blocks(number); k++) {
      long data = bytes.address(block);
      long from = first + k * length(number);
      if (pages == 0) {
        readData(data, from, length(number));
      } else if (data != Hdf5Bytes.NOWHERE) {
        bytes.block("EADB", data, prefix + Hdf5Bytes.CHECK_SUM);
        elements.takePages(
            new Hdf5Elements.Pages(from, length(number), page),
            data + prefix + Hdf5Bytes.CHECK_SUM,
            written,
            k * pages);
      }
    }
  }

  private void readData(long address, long first, long count) {
    if (address != Hdf5Bytes.NOWHERE) {
      int prefix = 6 + bytes.widthOfAddress() + widthOfIndex;
      long length = prefix + Math.multiplyExact(count, elements.width()) + Hdf5Bytes.CHECK_SUM;
      elements.take(bytes.block("EADB", address, length).position(prefix), first, count);
    }
  }
}
