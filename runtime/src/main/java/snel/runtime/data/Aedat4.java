package snel.runtime.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import snel.runtime.kernel.ProblemKind;

/// Reads AEDAT 4 of iniVation's DV: a line `#!AER-DAT4.0`, a FlatBuffers table `IOHE` (compression,
/// where the packets end), then packets with the number of their stream, their length and a
/// FlatBuffers table each, compressed or not. Those of events (`EVTS`) hold a vector of 16 bytes an
/// event: microseconds, column, row, polarity. Packets of frames, accelerations and triggers are
/// passed over. The first event is the beginning.
final class Aedat4 {
  private static final String KIND = "an AEDAT 4 recording";
  private static final byte[] SIGNATURE = "#!AER-DAT4.0\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int EVENT = 16;
  private static final int NONE = 0;
  private static final int LZ4 = 1;
  private static final int LZ4_HIGH = 2;
  private static final int ZSTANDARD = 3;
  private static final int ZSTANDARD_HIGH = 4;

  private final String file;
  private final ByteBuffer in;

  private Aedat4(String file, ByteBuffer in) {
    this.file = file;
    this.in = in;
  }

  static CameraEvents read(DataFile file) {
    ByteBuffer in = FileContent.buffer(file, KIND).order(ByteOrder.LITTLE_ENDIAN);
    byte[] first = new byte[Math.min(in.limit(), SIGNATURE.length)];
    in.get(0, first);
    if (!Arrays.equals(first, SIGNATURE)) {
      throw DataProblem.found(file.name(), KIND + " (#!AER-DAT4.0)", FileKind.told(first));
    }
    try {
      return new Aedat4(file.name(), in).packets();
    } catch (IndexOutOfBoundsException _) {
      throw damaged(file.name(), "a place that lies outside of it");
    }
  }

  private static DataProblem damaged(String file, String found) {
    return DataProblem.found(ProblemKind.FILE_UNREADABLE, file, KIND, found);
  }

  private CameraEvents packets() {
    int at = SIGNATURE.length;
    int headerLength = length(at, "the header");
    Table header = Table.in(in.slice(at + 4, headerLength), "IOHE");
    int compression = header.integer(0, NONE);
    if (compression != NONE && compression != LZ4 && compression != LZ4_HIGH) {
      boolean isZstandard = compression == ZSTANDARD || compression == ZSTANDARD_HIGH;
      throw DataProblem.found(
          file,
          KIND + " that is not compressed, or by LZ4",
          isZstandard ? "one compressed by Zstandard" : "compression " + compression);
    }
    long tableAt = header.whole(1, -1);
    int end = tableAt < 0 || tableAt > in.limit() ? in.limit() : (int) tableAt;
    at += 4 + headerLength;
    var events = new CameraEvents.Builder();
    while (at + 8 <= end) {
      int length = length(at + 4, "a packet");
      ByteBuffer packet = in.slice(at + 8, length);
      add(compression == NONE ? packet : unpacked(packet), events);
      at += 8 + length;
    }
    return events.builtFromFirst(file);
  }

  private int length(int at, String of) {
    if (at + 4 > in.limit()) {
      throw DataProblem.truncated(file, of, (in.limit() - at) + " bytes");
    }
    int length = in.getInt(at);
    if (length < 0 || length > in.limit() - at - 4) {
      throw DataProblem.truncated(
          file,
          of + " of " + Integer.toUnsignedString(length) + " bytes",
          (in.limit() - at - 4) + " bytes");
    }
    return length;
  }

  private ByteBuffer unpacked(ByteBuffer packet) {
    byte[] packed = new byte[packet.limit()];
    packet.get(0, packed);
    try (var content = new FramedLZ4CompressorInputStream(new ByteArrayInputStream(packed))) {
      return ByteBuffer.wrap(BoundedStream.all(content, file, "a packet"));
    } catch (IOException _) {
      throw damaged(file, "damaged compressed data in a packet");
    }
  }

  private void add(ByteBuffer sized, CameraEvents.Builder events) {
    ByteBuffer packet = sized.slice(4, sized.limit() - 4);
    String name = Table.name(packet);
    if (!name.equals("EVTS")) {
      if (!name.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z')) {
        throw damaged(file, "a packet of nothing that has a name");
      }
      return;
    }
    Table table = Table.in(packet, name);
    int vector = table.vector(0);
    if (vector < 0) {
      return;
    }
    ByteBuffer in = packet.order(ByteOrder.LITTLE_ENDIAN);
    int count = in.getInt(vector);
    for (int k = 0; k < count; k++) {
      int at = vector + 4 + k * EVENT;
      events.add(in.getLong(at), in.getShort(at + 8), in.getShort(at + 10), in.get(at + 12) != 0);
    }
  }

  /// The root table of a FlatBuffer: fields lie at offsets that a list of them, the vtable, tells.
  private record Table(ByteBuffer in, int at, int offsets) {
    static Table in(ByteBuffer buffer, String name) {
      ByteBuffer in = buffer.order(ByteOrder.LITTLE_ENDIAN);
      if (!name(in).equals(name)) {
        throw new IndexOutOfBoundsException("no table " + name);
      }
      int at = in.getInt(0);
      return new Table(in, at, at - in.getInt(at));
    }

    /// The four letters that tell what a buffer holds.
    static String name(ByteBuffer in) {
      byte[] name = new byte[4];
      in.get(4, name);
      return new String(name, StandardCharsets.ISO_8859_1);
    }

    private int field(int index) {
      int entry = 4 + 2 * index;
      if (entry + 2 > (in.getShort(offsets) & 0xffff)) {
        return 0;
      }
      int offset = in.getShort(offsets + entry) & 0xffff;
      return offset == 0 ? 0 : at + offset;
    }

    int integer(int index, int otherwise) {
      int field = field(index);
      return field == 0 ? otherwise : in.getInt(field);
    }

    long whole(int index, long otherwise) {
      int field = field(index);
      return field == 0 ? otherwise : in.getLong(field);
    }

    /// Where a vector begins, with its length; negative if there is none.
    int vector(int index) {
      int field = field(index);
      return field == 0 ? -1 : field + in.getInt(field);
    }
  }
}
