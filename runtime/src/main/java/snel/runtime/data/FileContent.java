package snel.runtime.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// Reads whole files, unpacking gzip by its first two bytes rather than by the file's name, and
/// turns what goes wrong into sentences.
public final class FileContent {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private FileContent() {}

  /// Reads something from a stream.
  @FunctionalInterface
  public interface Reading<T> {
    T from(InputStream content) throws IOException;
  }

  /// Runs `reading` over the unpacked content of `file`, which should be `kind` ("a CSV table").
  public static <T> T read(DataFile file, String kind, Reading<T> reading) {
    try (InputStream stored = new BufferedInputStream(file.open(), BUFFER);
        InputStream content = unpacked(stored)) {
      return reading.from(content);
    } catch (IOException problem) {
      throw told(file, kind, problem);
    } catch (UncheckedIOException problem) {
      throw problem.getCause() instanceof IOException cause ? told(file, kind, cause) : problem;
    }
  }

  /// The whole unpacked content.
  public static byte[] bytes(DataFile file, String kind) {
    return read(file, kind, content -> BoundedStream.all(content, file.name(), kind));
  }

  /// The whole unpacked content, of which only what is asked for is read where it lies on disk as
  /// it is.
  public static ByteBuffer buffer(DataFile file, String kind) {
    if (file instanceof DataFile.OnDisk(Path path) && Files.isRegularFile(path)) {
      try (FileChannel stored = FileChannel.open(path)) {
        long size = stored.size();
        if (size <= Integer.MAX_VALUE) {
          ByteBuffer content = stored.map(FileChannel.MapMode.READ_ONLY, 0, size);
          if (size < 2 || !isPacked(content.get(0) & 0xff, content.get(1) & 0xff)) {
            return content;
          }
        }
      } catch (IOException problem) {
        throw told(file, kind, problem);
      }
    }
    return ByteBuffer.wrap(bytes(file, kind));
  }

  /// Reads something from a file on disk.
  @FunctionalInterface
  interface SeekingReading<T> {
    T from(Path content) throws IOException;
  }

  /// Runs `reading` over a file with the unpacked content: `file` itself where it lies on disk as
  /// it is, else a copy that lasts as long.
  static <T> T seek(DataFile file, String kind, SeekingReading<T> reading) {
    return read(
        file,
        kind,
        content -> {
          if (file instanceof DataFile.OnDisk(Path path)
              && Files.isRegularFile(path)
              && !(content instanceof GZIPInputStream)) {
            return reading.from(path);
          }
          Path copy = Files.createTempFile("snel", null);
          try {
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
            return reading.from(copy);
          } finally {
            Files.delete(copy);
          }
        });
  }

  private static boolean isPacked(int first, int second) {
    return first == GZIP_FIRST && second == GZIP_SECOND;
  }

  /// The SHA-256 of the file as stored, in hexadecimal.
  public static String sha256(DataFile file) {
    MessageDigest digest = digest();
    try (InputStream stored = new DigestInputStream(file.open(), digest)) {
      stored.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException problem) {
      throw told(file, "a file", problem);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The SHA-256 of bytes in memory, in hexadecimal.
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  private static InputStream unpacked(InputStream stored) throws IOException {
    stored.mark(2);
    int first = stored.read();
    int second = stored.read();
    stored.reset();
    return isPacked(first, second) ? new GZIPInputStream(stored, BUFFER) : stored;
  }

  private static RuntimeException told(DataFile file, String kind, IOException problem) {
    return switch (problem) {
      case NoSuchFileException _ -> DataProblem.missing(file.name(), kind);
      case EOFException _ ->
          DataProblem.truncated(file.name(), kind, "an end within the compressed data");
      case ZipException _ ->
          DataProblem.found(
              ProblemKind.FILE_UNREADABLE, file.name(), kind, "damaged compressed data");
      default -> MachineRefused.reading(file.name(), problem);
    };
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
