package snel.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Small files in place of those that the language samples ask their users for.
final class SampleData {
  private static final Path LIBRARY = Path.of("../stdlib/src/main/resources/std/data");
  private static final int TRAINED = 30;
  private static final int TESTED = 10;

  private SampleData() {}

  /// Ten bands across the picture stand in for the digits of MNIST.
  static String withPictures(String program) {
    String data =
        """

        data mnist from csv("pictures.csv") {
          image : real[28, 28] in 0 .. 1 = columns(0 .. 783) / 255
          label : int in 0 ..< 10 = column(784)
          split train where index < %d
          split test  where index >= %d
        }
        """
            .formatted(TRAINED, TRAINED);
    return program.contains("import std.data.mnist\n")
        ? program.replace("import std.data.mnist\n", "") + data
        : program;
  }

  static void writeTo(Path folder) throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < TRAINED + TESTED; row++) {
      rows.add(picture(row % 10, row));
    }
    Files.write(folder.resolve("pictures.csv"), rows);
    Files.write(folder.resolve("celegans.csv"), edges(286, 2_838));
    for (String table : List.of("digits8x8.csv", "iris.csv")) {
      Files.copy(LIBRARY.resolve(table), folder.resolve(table));
    }
    Files.write(folder.resolve("w1.npy"), weights(784, 128));
    Files.write(folder.resolve("w2.npy"), weights(128, 10));
  }

  /// A bright band, uneven enough that no two pictures are equal, and its label.
  private static String picture(int label, int row) {
    StringBuilder line = new StringBuilder();
    for (int pixel = 0; pixel < 784; pixel++) {
      boolean bright = pixel * 10 / 784 == label;
      line.append(bright ? 200 + (pixel * 3 + row * 7) % 56 : 0).append(',');
    }
    return line.append(label).toString();
  }

  /// A random graph of as many cells and edges as the worm has.
  private static List<String> edges(int cells, int edges) {
    Random random = new Random(36);
    Set<String> ends = new LinkedHashSet<>();
    while (ends.size() < edges) {
      ends.add(random.nextInt(cells) + "," + random.nextInt(cells));
    }
    List<String> lines = new ArrayList<>(List.of("source,target,contacts,length"));
    for (String end : ends) {
      lines.add(end + "," + (1 + random.nextInt(5)) + "," + random.nextInt(1_000) / 1e6);
    }
    return lines;
  }

  /// Whole numbers from -8 to 7 as 64-bit integers.
  private static byte[] weights(int rows, int columns) {
    String header =
        "{'descr': '<i8', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
    int length = 128 - 10;
    ByteBuffer file = ByteBuffer.allocate(128 + 8 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 1).put((byte) 0).putShort((short) length);
    file.put(
        (header + " ".repeat(length - 1 - header.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    for (int k = 0; k < rows * columns; k++) {
      file.putLong((k * 7L) % 16 - 8);
    }
    return file.array();
  }
}
