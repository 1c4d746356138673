package snel.runtime.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Reads plain files out of a tar archive (POSIX ustar), as npm packages are.
final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int TYPE_AT = 156;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX = 155;

  private TarReader() {}

  /// The files whose names `wanted` accepts.
  static Map<String, byte[]> read(InputStream archive, Predicate<String> wanted)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] header = archive.readNBytes(BLOCK);
    while (header.length == BLOCK && header[0] != 0) {
      String name = name(header);
      long size = size(header);
      boolean plain = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
      if (plain && wanted.test(name)) {
        byte[] content = archive.readNBytes(Math.toIntExact(size));
        if (content.length < size) {
          throw new EOFException(name);
        }
        files.put(name, content);
      } else {
        archive.skipNBytes(size);
      }
      archive.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      header = archive.readNBytes(BLOCK);
    }
    return files;
  }

  private static String name(byte[] header) {
    String prefix = text(header, PREFIX_AT, PREFIX);
    String name = text(header, 0, NAME);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static long size(byte[] header) throws IOException {
    String octal = text(header, SIZE_AT, 12).strip();
    try {
      return octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
    } catch (NumberFormatException broken) {
      throw new IOException("a tar header with the size " + octal, broken);
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }
}
