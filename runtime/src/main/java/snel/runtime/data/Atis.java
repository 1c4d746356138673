package snel.runtime.data;

import java.nio.ByteBuffer;

/// Reads the files of N-MNIST and N-Caltech101: five bytes an event, the column, the row, a bit of
/// polarity and 23 of the time in microseconds (G. Orchard, A. Jayawant, G. K. Cohen, N. Thakor
/// (2015), Frontiers in Neuroscience 9, 437, section 3.2). What their authors' readers take as
/// overflows of the clock, row 240, adds 2^13 microseconds to what follows.
final class Atis {
  private static final String KIND = "events of an ATIS";
  private static final int WIDTH = 5;
  private static final int OVERFLOW_ROW = 240;
  private static final int OVERFLOW = 1 << 13;

  private Atis() {}

  static CameraEvents read(DataFile file) {
    ByteBuffer in = FileContent.buffer(file, KIND);
    if (in.limit() % WIDTH != 0) {
      throw DataProblem.truncated(
          file.name(),
          KIND + " of " + WIDTH + " bytes each",
          in.limit() % WIDTH + " bytes after the last");
    }
    var events = new CameraEvents.Builder();
    long overflown = 0;
    for (int at = 0; at < in.limit(); at += WIDTH) {
      int row = in.get(at + 1) & 0xff;
      if (row == OVERFLOW_ROW) {
        overflown += OVERFLOW;
        continue;
      }
      int rest = in.get(at + 2) & 0xff;
      int time = (rest & 0x7f) << 16 | (in.get(at + 3) & 0xff) << 8 | in.get(at + 4) & 0xff;
      events.add(overflown + time, in.get(at) & 0xff, row, (rest & 0x80) != 0);
    }
    return events.built(file.name());
  }
}
