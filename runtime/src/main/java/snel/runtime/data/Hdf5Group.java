package snel.runtime.data;

import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.SymbolTableEntry;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What is in a group of an HDF5 file.
final class Hdf5Group {
  private static final int IS_SOFT = 2;
  private static final int HAS_LARGEST_ORDER = 1;
  private static final int SIZE_OF_LENGTH = 3;
  private static final int HAS_ORDER = 4;
  private static final int HAS_LINK_TYPE = 8;
  private static final int HAS_CHARACTER_SET = 16;

  private Hdf5Group() {}

  sealed interface Link {
    String name();
  }

  record Hard(String name, long address) implements Link {}

  record Soft(String name, String path) implements Link {}

  record Elsewhere(String name, String file) implements Link {}

  static boolean isGroup(Hdf5Header header) {
    return header.has(Hdf5Header.SYMBOLS) || header.has(Hdf5Header.LINKS);
  }

  static List<Link> links(Hdf5Bytes bytes, Hdf5Header header) {
    return header
        .find(Hdf5Header.SYMBOLS)
        .map(table -> old(bytes, table))
        .orElseGet(() -> present(bytes, header));
  }

  private static List<Link> old(Hdf5Bytes bytes, ByteBuffer table) {
    long tree = bytes.address(table);
    ByteBuffer names = new LocalHeap(bytes.storage(), bytes.address(table)).getDataBuffer();
    List<Link> links = new ArrayList<>();
    for (long node : BTreeV1.createGroupBTree(bytes.storage(), tree).getChildAddresses()) {
      for (var entry : new GroupSymbolTableNode(bytes.storage(), node).getSymbolTableEntries()) {
        links.add(link(names, entry));
      }
    }
    return links;
  }

  private static Link link(ByteBuffer names, SymbolTableEntry entry) {
    String name = text(names, entry.getLinkNameOffset());
    return entry.getCacheType() == IS_SOFT
        ? new Soft(name, text(names, entry.getLinkValueOffset()))
        : new Hard(name, entry.getObjectHeaderAddress());
  }

  private static String text(ByteBuffer names, int from) {
    int end = from;
    while (names.get(end) != 0) {
      end++;
    }
    byte[] letters = new byte[end - from];
    names.get(from, letters);
    return new String(letters, StandardCharsets.UTF_8);
  }

  private static List<Link> present(Hdf5Bytes bytes, Hdf5Header header) {
    ByteBuffer info = header.need(Hdf5Header.LINKS, "links of a group");
    boolean hasLargestOrder = (info.get(1) & HAS_LARGEST_ORDER) != 0;
    info.position(hasLargestOrder ? 2 + Long.BYTES : 2);
    long heap = bytes.address(info);
    long tree = bytes.address(info);
    List<Link> links = new ArrayList<>();
    if (tree == Hdf5Bytes.NOWHERE) {
      header.all(Hdf5Header.LINK).forEach(message -> links.add(link(bytes, message)));
      return links;
    }
    var names = new FractalHeap(bytes.storage(), heap);
    var records = new BTreeV2<LinkNameForIndexedGroupRecord>(bytes.storage(), tree).getRecords();
    records.forEach(record -> links.add(link(bytes, names.getId(record.getId()))));
    return links;
  }

  private static Link link(Hdf5Bytes bytes, ByteBuffer message) {
    String name = name(message.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    LinkMessage link = LinkMessage.fromBuffer(message, bytes.superblock());
    return switch (link.getLinkType()) {
      case HARD -> new Hard(name, link.getHardLinkAddress());
      case SOFT -> new Soft(name, link.getSoftLink());
      case EXTERNAL -> new Elsewhere(name, link.getExternalFile());
    };
  }

  /// Groups that h5py makes on the way to a dataset say that their names are ASCII, and have UTF-8
  /// all the same; the library believes them.
  private static String name(ByteBuffer message) {
    message.get(); // the version
    int flags = message.get();
    int optional =
        ((flags & HAS_LINK_TYPE) == 0 ? 0 : 1)
            + ((flags & HAS_ORDER) == 0 ? 0 : Long.BYTES)
            + ((flags & HAS_CHARACTER_SET) == 0 ? 0 : 1);
    message.position(message.position() + optional);
    int length =
        switch (flags & SIZE_OF_LENGTH) {
          case 0 -> message.get() & 0xff;
          case 1 -> message.getShort() & 0xffff;
          case 2 -> message.getInt();
          default -> Math.toIntExact(message.getLong());
        };
    byte[] letters = new byte[length];
    message.get(letters);
    return new String(letters, StandardCharsets.UTF_8);
  }
}
