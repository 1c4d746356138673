package snel.runtime.data;

import io.jhdf.exceptions.HdfException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The messages that tell what a group or an array of an HDF5 file is. They are only told apart
/// here, not read, so that one of an unknown kind hinders nobody who does not ask for it.
final class Hdf5Header {
  static final int SPACE = 0x01;
  static final int LINKS = 0x02;
  static final int TYPE = 0x03;
  static final int OLD_FILL = 0x04;
  static final int FILL = 0x05;
  static final int LINK = 0x06;
  static final int OTHER_FILES = 0x07;
  static final int LAYOUT = 0x08;
  static final int FILTERS = 0x0b;
  static final int SYMBOLS = 0x11;
  private static final int MORE = 0x10;

  private static final int IS_SHARED = 1 << 1;
  private static final int HAS_ORDER = 1 << 2;
  private static final int HAS_PHASES = 1 << 4;
  private static final int HAS_TIMES = 1 << 5;

  /// Signature, version and flags; and the check sum at the end.
  private static final int PREFIX = 6;

  private static final int CHECK_SUM = 4;

  private record Message(int type, boolean isShared, ByteBuffer body) {}

  private record Block(long address, long length) {}

  private final Hdf5Bytes bytes;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Block> ahead = new ArrayDeque<>();
  private final Set<Block> seen = new HashSet<>();

  private Hdf5Header(Hdf5Bytes bytes) {
    this.bytes = bytes;
  }

  static Hdf5Header at(Hdf5Bytes bytes, long address) {
    var header = new Hdf5Header(bytes);
    if (bytes.at(address, 1).get() == 1) {
      header.first(address);
    } else {
      header.second(address);
    }
    return header;
  }

  private void first(long address) {
    ByteBuffer start = bytes.at(address, 16);
    int count = start.getShort(2) & 0xffff;
    ahead.add(new Block(address + 16, start.getInt(8) & 0xffffffffL));
    while (messages.size() < count && !ahead.isEmpty()) {
      Block next = ahead.pop();
      ByteBuffer block = bytes.at(next.address, next.length);
      while (block.remaining() >= 8 && messages.size() < count) {
        int type = block.getShort() & 0xffff;
        int size = block.getShort() & 0xffff;
        int flags = block.get();
        block.position(block.position() + 3); // reserved
        take(type, flags, slice(block, size));
      }
    }
  }

  private void second(long address) {
    ByteBuffer start = bytes.at(address, PREFIX);
    Hdf5Bytes.requireSignature("OHDR", start);
    if (start.get() != 2) {
      throw new HdfException("an object of an unknown version at byte " + address);
    }
    int flags = start.get();
    int widthOfSize = 1 << (flags & 3);
    int before = PREFIX + ((flags & HAS_TIMES) != 0 ? 16 : 0) + ((flags & HAS_PHASES) != 0 ? 4 : 0);
    long size = Hdf5Bytes.unsigned(bytes.at(address + before, widthOfSize), widthOfSize);
    ByteBuffer whole = bytes.checked(address, before + widthOfSize + size + CHECK_SUM);
    split(whole.position(before + widthOfSize), flags);
    while (!ahead.isEmpty()) {
      Block next = ahead.pop();
      ByteBuffer block = bytes.checked(next.address, next.length);
      Hdf5Bytes.requireSignature("OCHK", block);
      split(block, flags);
    }
  }

  private void split(ByteBuffer block, int headerFlags) {
    int order = (headerFlags & HAS_ORDER) != 0 ? Short.BYTES : 0;
    while (block.remaining() >= 4 + order) { // less is left over
      int type = block.get() & 0xff;
      int size = block.getShort() & 0xffff;
      int flags = block.get();
      block.position(block.position() + order);
      take(type, flags, slice(block, size));
    }
  }

  private static ByteBuffer slice(ByteBuffer block, int size) {
    if (size > block.remaining()) {
      throw new HdfException("a message longer than its block");
    }
    ByteBuffer body = block.slice(block.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    block.position(block.position() + size);
    return body;
  }

  private void take(int type, int flags, ByteBuffer body) {
    messages.add(new Message(type, (flags & IS_SHARED) != 0, body));
    if (type == MORE) {
      Block more = new Block(bytes.address(body), bytes.length(body));
      if (seen.add(more)) {
        ahead.push(more);
      }
    }
  }

  boolean has(int type) {
    return messages.stream().anyMatch(message -> message.type == type);
  }

  /// The first message of a type.
  Optional<ByteBuffer> find(int type) {
    return messages.stream().filter(message -> message.type == type).findFirst().map(this::body);
  }

  ByteBuffer need(int type, String what) {
    return find(type).orElseThrow(() -> new HdfException("no " + what));
  }

  List<ByteBuffer> all(int type) {
    return messages.stream().filter(message -> message.type == type).map(this::body).toList();
  }

  private ByteBuffer body(Message message) {
    ByteBuffer body = message.body.duplicate().order(ByteOrder.LITTLE_ENDIAN).rewind();
    return message.isShared ? shared(message.type, body) : body;
  }

  /// What another object has for this one too, as a data type with a name.
  private ByteBuffer shared(int type, ByteBuffer place) {
    int version = place.get();
    int kind = place.get();
    if (version < 1 || version > 3 || version == 3 && kind != 2) {
      throw new HdfException("a message shared in a way that is not read");
    }
    place.position(version == 1 ? 8 : 2);
    return Hdf5Header.at(bytes, bytes.address(place)).messages.stream()
        .filter(message -> message.type == type && !message.isShared)
        .findFirst()
        .orElseThrow(() -> new HdfException("a shared message that is not there"))
        .body
        .duplicate()
        .order(ByteOrder.LITTLE_ENDIAN)
        .rewind();
  }
}
