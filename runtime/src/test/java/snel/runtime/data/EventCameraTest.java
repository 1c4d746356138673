package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Recordings are written here byte by byte as their formats say.
final class EventCameraTest {
  private static final int TRIALS = Boolean.getBoolean("snel.full") ? 3_000 : 150;

  @TempDir Path folder;

  private record Event(long time, int x, int y, boolean rises) {}

  private static Event[] some(int count) {
    var random = new Random(3);
    return IntStream.range(0, count)
        .mapToObj(
            k -> new Event(90L * k, random.nextInt(200), random.nextInt(180), random.nextBoolean()))
        .toArray(Event[]::new);
  }

  private CameraEvents read(EventCamera camera, byte[] content) throws IOException {
    return camera.read(DataFile.at(Files.write(folder.resolve("film"), content)));
  }

  private static void assertSame(Event[] wanted, CameraEvents found) {
    Event[] events =
        IntStream.range(0, found.count())
            .mapToObj(
                k -> new Event(found.times()[k], found.x()[k], found.y()[k], found.rises()[k]))
            .toArray(Event[]::new);
    assertArrayEquals(wanted, events);
  }

  private static byte[] written(EventCamera camera, Event... events) throws IOException {
    return switch (camera) {
      case AEDAT4 -> aedat4(events, 1);
      case ATIS -> atis(events);
      case EVENT_STREAM -> eventStream(events);
      case EVT2 -> evt2(events, 913_716_000L);
    };
  }

  @ParameterizedTest
  @EnumSource
  void eventsAreReadAsTheyWereWritten(EventCamera camera) throws IOException {
    Event[] events = some(20_000);
    assertSame(events, read(camera, written(camera, events)));
    assertSame(new Event[0], read(camera, written(camera)));
  }

  @Test
  void packetsThatAreNotCompressedAreReadToo() throws IOException {
    Event[] events = some(100);
    assertSame(events, read(EventCamera.AEDAT4, aedat4(events, 0)));
  }

  @Test
  void clocksThatBeginAnewGoOn() throws IOException {
    long turn = 1L << 34;
    Event[] events = {new Event(0, 1, 2, true), new Event(100, 3, 4, false)};
    assertSame(events, read(EventCamera.EVT2, evt2(events, turn - 50)));
    byte[] bytes = {7, 8, (byte) 0x80, 0, 5, 0, (byte) 240, 0, 0, 0, 9, 10, 0, 1, 0};
    Event[] overflown = {new Event(5, 7, 8, true), new Event(8192 + 256, 9, 10, false)};
    assertSame(overflown, read(EventCamera.ATIS, bytes));
  }

  @Test
  void otherFormatsAreTold() {
    assertEquals(
        "film: expected an AEDAT 4 recording (#!AER-DAT4.0); found what seems to be a text: `#!AER-DAT3.1`",
        told(EventCamera.AEDAT4, "#!AER-DAT3.1\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        "film: expected an EVT 2.0 recording (a line `% evt 2.0`); found `evt 3.0`",
        told(EventCamera.EVT2, "% evt 3.0\n".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(
        "film is cut off: expected events of an ATIS of 5 bytes each; found 2 bytes after the last",
        told(EventCamera.ATIS, new byte[7]));
    byte[] stream = eventStream(some(1));
    stream[15] = 2;
    assertEquals(
        "film: expected an Event Stream recording of version 2 with changes of brightness (type"
            + " 1); found version 2, type 2",
        told(EventCamera.EVENT_STREAM, stream));
  }

  private String told(EventCamera camera, byte[] content) {
    var problem = assertThrows(DataProblem.class, () -> read(camera, content));
    return problem.getMessage().replace(folder + "/", "");
  }

  @ParameterizedTest
  @EnumSource
  void damagedFilesAreReadOrTold(EventCamera camera) throws IOException {
    byte[] whole = written(camera, some(500));
    var random = new Random(11);
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] bytes = Arrays.copyOf(whole, whole.length - random.nextInt(whole.length));
      for (int k = random.nextInt(4); k >= 0; k--) {
        bytes[random.nextInt(Math.min(bytes.length, trial % 2 == 0 ? 300 : bytes.length))] =
            (byte) random.nextInt();
      }
      try {
        read(camera, bytes);
      } catch (DataProblem expected) {
        assertEquals(false, expected.getMessage().isEmpty());
      } catch (RuntimeException thrown) {
        fail("trial " + trial, thrown);
      }
    }
  }

  private static byte[] atis(Event... events) {
    ByteBuffer out = ByteBuffer.allocate(5 * events.length);
    for (Event event : events) {
      out.put((byte) event.x).put((byte) event.y);
      out.put((byte) ((event.rises ? 0x80 : 0) | event.time >> 16)).putShort((short) event.time);
    }
    return out.array();
  }

  private static byte[] eventStream(Event... events) {
    ByteBuffer out =
        ByteBuffer.allocate(20 + 100 * (events.length + 1)).order(ByteOrder.LITTLE_ENDIAN);
    out.put("Event Stream".getBytes(StandardCharsets.US_ASCII)).put(new byte[] {2, 0, 0, 1});
    out.putShort((short) 200).putShort((short) 180);
    long last = 0;
    for (Event event : events) {
      long ahead = event.time - last;
      for (; ahead >= 127; ahead -= 127) {
        out.put((byte) 0xfe);
      }
      out.put((byte) 0xff).put((byte) (ahead << 1 | (event.rises ? 1 : 0)));
      out.putShort((short) event.x).putShort((short) event.y);
      last = event.time;
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /// With a clock that shows `began` at the first event, other kinds of words in between.
  private static byte[] evt2(Event[] events, long began) {
    byte[] header =
        "% Date 2020-09-25 07:48:31\n% evt 2.0\n% end\n".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(header.length + 12 * events.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(header);
    for (Event event : events) {
      long clock = began + event.time;
      out.putInt(0x8 << 28 | (int) (clock >> 6) & 0xfffffff);
      out.putInt(0xa << 28 | 1 << 8);
      int kind = event.rises ? 1 : 0;
      out.putInt(kind << 28 | (int) (clock & 0x3f) << 22 | event.x << 11 | event.y);
    }
    return out.array();
  }

  private static byte[] aedat4(Event[] events, int compression) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write("#!AER-DAT4.0\r\n".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer header = ByteBuffer.allocate(4 + 44).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(44).putInt(20).put("IOHE".getBytes(StandardCharsets.US_ASCII));
    header.putShort((short) 0).putShort((short) 8).putShort((short) 24); // padding, offsets
    header.putShort((short) 4).putShort((short) 8).putShort((short) 0);
    header.putInt(10).putInt(compression).putLong(-1); // the table: compression, end of packets
    out.write(header.array());
    packet(out, 1, table("FRME"), compression);
    for (int from = 0; from < events.length; from += 6_000) {
      int until = Math.min(events.length, from + 6_000);
      packet(out, 0, table("EVTS", Arrays.copyOfRange(events, from, until)), compression);
    }
    return out.toByteArray();
  }

  /// A table whose first field is a vector of events.
  private static byte[] table(String name, Event... events) {
    ByteBuffer out = ByteBuffer.allocate(4 + 28 + 16 * events.length);
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(28 + 16 * events.length);
    out.putInt(16).put(name.getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) 0).putShort((short) 6).putShort((short) 8).putShort((short) 4);
    out.putInt(6).putInt(4).putInt(events.length);
    for (Event event : events) {
      out.putLong(1_605_537_493_718_345L + event.time);
      out.putShort((short) event.x).putShort((short) event.y);
      out.putInt(event.rises ? 1 : 0);
    }
    return out.array();
  }

  /// Compressed in blocks that refer to those before, as DV writes them.
  private static void packet(ByteArrayOutputStream out, int stream, byte[] content, int compression)
      throws IOException {
    byte[] stored = content;
    if (compression != 0) {
      var packed = new ByteArrayOutputStream();
      var parameters =
          new FramedLZ4CompressorOutputStream.Parameters(
              BlockSize.K64,
              true,
              false,
              true,
              BlockLZ4CompressorOutputStream.createParameterBuilder().build());
      try (var packing = new FramedLZ4CompressorOutputStream(packed, parameters)) {
        packing.write(content);
      }
      stored = packed.toByteArray();
    }
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    out.write(head.putInt(stream).putInt(stored.length).array());
    out.write(stored);
  }
}
