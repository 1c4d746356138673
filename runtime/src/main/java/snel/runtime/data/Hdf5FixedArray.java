package snel.runtime.data;

import java.nio.ByteBuffer;
import java.util.List;

/// The list of chunks of an array that can grow up to given lengths.
final class Hdf5FixedArray {
  private Hdf5FixedArray() {}

  static List<Hdf5Elements.Element> read(Hdf5Bytes bytes, long address) {
    int length = 8 + bytes.widthOfLength() + bytes.widthOfAddress() + Hdf5Bytes.CHECK_SUM;
    ByteBuffer header = bytes.block("FAHD", address, length);
    boolean isPacked = header.get() == 1;
    var elements = new Hdf5Elements(bytes, isPacked, header.get() & 0xff);
    long page = 1L << header.get();
    long count = bytes.length(header);
    long data = bytes.address(header);
    if (data != Hdf5Bytes.NOWHERE) {
      read(bytes, elements, data, count, page);
    }
    return elements.found();
  }

  private static void read(
      Hdf5Bytes bytes, Hdf5Elements elements, long data, long count, long page) {
    int prefix = 6 + bytes.widthOfAddress();
    if (count <= page) {
      long length = prefix + Math.multiplyExact(count, elements.width()) + Hdf5Bytes.CHECK_SUM;
      elements.take(bytes.block("FADB", data, length).position(prefix), 0, count);
      return;
    }
    long bitmap = Math.ceilDiv(Math.ceilDiv(count, page), 8L);
    long length = prefix + bitmap + Hdf5Bytes.CHECK_SUM;
    ByteBuffer written = bytes.block("FADB", data, length).position(prefix).slice();
    elements.takePages(new Hdf5Elements.Pages(0, count, page), data + length, written, 0);
  }
}
