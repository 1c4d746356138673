package snel.runtime.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads EVT 2.0 of Prophesee (`.raw`): lines that begin with `%`, then words of 32 bits whose
/// highest four tell what they are. Changes of brightness hold the lowest six bits of the time in
/// microseconds, the column and the row in eleven bits each; the 28 bits of the time above them
/// come in words of their own. The first event is the beginning.
final class Evt2 {
  private static final String KIND = "an EVT 2.0 recording";
  private static final int FALLS = 0x0;
  private static final int RISES = 0x1;
  private static final int TIME_HIGH = 0x8;
  private static final int LOW_BITS = 6;
  private static final int HIGH_BITS = 28;

  private Evt2() {}

  static CameraEvents read(DataFile file) {
    ByteBuffer in = FileContent.buffer(file, KIND).order(ByteOrder.LITTLE_ENDIAN);
    int at = header(file.name(), in);
    if ((in.limit() - at) % Integer.BYTES != 0) {
      throw DataProblem.truncated(
          file.name(), "words of four bytes", (in.limit() - at) % Integer.BYTES + " at the end");
    }
    var events = new CameraEvents.Builder();
    boolean isTimed = false;
    long high = 0;
    long turns = 0;
    for (; at < in.limit(); at += Integer.BYTES) {
      int word = in.getInt(at);
      int kind = word >>> HIGH_BITS;
      if (kind == TIME_HIGH) {
        long next = word & (1L << HIGH_BITS) - 1;
        if (isTimed && next < high && high - next > 1L << HIGH_BITS - 1) {
          turns++; // the clock has begun anew
        }
        high = next;
        isTimed = true;
      } else if (isTimed && (kind == FALLS || kind == RISES)) {
        long time = ((turns << HIGH_BITS) + high << LOW_BITS) + (word >>> 22 & 0x3f);
        events.add(time, word >>> 11 & 0x7ff, word & 0x7ff, kind == RISES);
      }
    }
    return events.builtFromFirst(file.name());
  }

  /// Where the words begin.
  private static int header(String file, ByteBuffer in) {
    int at = 0;
    boolean isKnown = false;
    String version = "no line that tells the format";
    while (at < in.limit() && in.get(at) == '%') {
      int end = at;
      while (end < in.limit() && in.get(end) != '\n') {
        end++;
      }
      byte[] bytes = new byte[end - at];
      in.get(at, bytes);
      String line = new String(bytes, StandardCharsets.ISO_8859_1).substring(1).strip();
      at = Math.min(in.limit(), end + 1);
      if (line.startsWith("evt ") || line.startsWith("format ")) {
        version = "`" + line + "`";
        isKnown =
            line.equals("evt 2.0") || line.startsWith("format EVT2;") || line.equals("format EVT2");
      }
      if (line.equals("end")) {
        break;
      }
    }
    if (!isKnown) {
      throw DataProblem.found(file, KIND + " (a line `% evt 2.0`)", version);
    }
    return at;
  }
}
