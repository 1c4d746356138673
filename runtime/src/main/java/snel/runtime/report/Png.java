package snel.runtime.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Pictures of 256 colours, of which the last is transparent, in the PNG format (W3C 2003). Written
/// here because the JDK's writer brings up all of AWT, which takes longer than a short run.
final class Png {
  /// The level that is drawn as nothing.
  static final int TRANSPARENT = 255;

  private final int width;
  private final int height;
  private final byte[] levels;

  Png(int width, int height) {
    this.width = width;
    this.height = height;
    this.levels = new byte[Math.multiplyExact(width, height)];
    java.util.Arrays.fill(levels, (byte) TRANSPARENT);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /// Sets a pixel; the map's topmost level is drawn as the one below it.
  void set(int x, int y, int level) {
    levels[y * width + x] = (byte) Math.min(level, TRANSPARENT - 1);
  }

  /// The picture as a `data:` address.
  String toDataUrl(ColourMap colours) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(toBytes(colours));
  }

  byte[] toBytes(ColourMap colours) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(new byte[] {8, 3, 0, 0, 0}); // 8 bits, palette
    chunk(out, "IHDR", header.array());
    byte[] palette = new byte[3 * 256];
    byte[] opacity = new byte[256];
    for (int level = 0; level < 256; level++) {
      int colour = colours.colour(level);
      palette[3 * level] = (byte) (colour >> 16);
      palette[3 * level + 1] = (byte) (colour >> 8);
      palette[3 * level + 2] = (byte) colour;
      opacity[level] = (byte) (level == TRANSPARENT ? 0 : 255);
    }
    chunk(out, "PLTE", palette);
    chunk(out, "tRNS", opacity);
    chunk(out, "IDAT", packed());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private byte[] packed() {
    byte[] lines = new byte[height * (width + 1)]; // each line begins with its filter: none
    for (int y = 0; y < height; y++) {
      System.arraycopy(levels, y * width, lines, y * (width + 1) + 1, width);
    }
    var out = new ByteArrayOutputStream();
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(lines);
      deflater.finish();
      byte[] buffer = new byte[8_192];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(name);
    out.writeBytes(content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
