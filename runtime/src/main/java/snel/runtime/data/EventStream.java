package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads Event Stream 2 (`.es`) of brightness changes: the words `Event Stream`, a version of three
/// bytes, a type, width and height, then five bytes an event, whose first holds the microseconds
/// since the event before and the polarity; 127 microseconds more for each byte 0xfe, and 0xff
/// means nothing.
final class EventStream {
  private static final String KIND = "an Event Stream recording";
  private static final byte[] SIGNATURE = "Event Stream".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = SIGNATURE.length + 8;
  private static final int BRIGHTNESS_CHANGES = 1;
  private static final int OVERFLOW = 0xfe;
  private static final int NOTHING = 0xff;
  private static final int OVERFLOW_TIME = 127;

  private EventStream() {}

  static CameraEvents read(DataFile file) {
    ByteBuffer in = FileContent.buffer(file, KIND).order(ByteOrder.LITTLE_ENDIAN);
    byte[] first = new byte[Math.min(in.limit(), SIGNATURE.length)];
    in.get(0, first);
    if (!Arrays.equals(first, SIGNATURE)) {
      throw DataProblem.found(file.name(), KIND + " (Event Stream …)", FileKind.told(first));
    }
    if (in.limit() < HEADER) {
      throw DataProblem.truncated(
          file.name(), "a header of " + HEADER + " bytes", in.limit() + " bytes");
    }
    int version = in.get(SIGNATURE.length) & 0xff;
    int type = in.get(SIGNATURE.length + 3) & 0xff;
    if (version != 2 || type != BRIGHTNESS_CHANGES) {
      throw DataProblem.found(
          file.name(),
          KIND + " of version 2 with changes of brightness (type 1)",
          "version %d, type %d".formatted(version, type));
    }
    var events = new CameraEvents.Builder();
    long time = 0;
    for (int at = HEADER; at < in.limit(); ) {
      int ahead = in.get(at++) & 0xff;
      if (ahead == NOTHING) {
        continue;
      }
      if (ahead == OVERFLOW) {
        time += OVERFLOW_TIME;
        continue;
      }
      if (in.limit() - at < 4) {
        throw DataProblem.truncated(
            file.name(), "four bytes of an event's place", (in.limit() - at) + " bytes");
      }
      time += ahead >> 1;
      int x = in.getShort(at) & 0xffff;
      int y = in.getShort(at + 2) & 0xffff;
      events.add(time, x, y, (ahead & 1) != 0);
      at += 4;
    }
    return events.built(file.name());
  }
}
