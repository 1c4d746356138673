package snel.target;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The files that a target makes of a program.
public record Artifact(List<File> files) {
  public Artifact {
    files = List.copyOf(files);
  }

  /// @param path relative, with `/`
  /// @param pieces what the file holds, piece by piece, made when it is written
  public record File(String path, Supplier<Stream<byte[]>> pieces) {
    public static File of(String path, String text) {
      return new File(path, () -> Stream.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    public byte[] bytes() {
      List<byte[]> all = pieces.get().toList();
      ByteBuffer bytes = ByteBuffer.allocate(all.stream().mapToInt(piece -> piece.length).sum());
      all.forEach(bytes::put);
      return bytes.array();
    }
  }
}
