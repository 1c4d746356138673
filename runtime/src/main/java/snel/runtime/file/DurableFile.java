package snel.runtime.file;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Replaces a file as a whole: the new content is written beside it, synced to the disk and renamed
/// over it, so that a reader (or a process killed half-way) meets the old or the new content, never
/// a mixture.
public final class DurableFile {
  private static final int BUFFER = 1 << 16;

  private DurableFile() {}

  /// Writes the content of a file to a stream.
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes a file at the path it is given, for libraries that insist on a path.
  @FunctionalInterface
  public interface PathBody {
    void writeTo(Path path) throws IOException;
  }

  /// Replaces `target` by what `body` writes.
  public static void write(Path target, Body body) {
    replace(
        target,
        aside -> {
          // not a FileChannel: an interrupted thread would lose the file half-way
          try (var file = new FileOutputStream(aside.toFile())) {
            OutputStream out = new BufferedOutputStream(file, BUFFER);
            body.writeTo(out);
            out.flush();
          }
        });
  }

  /// Replaces `target` by a UTF-8 text.
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Replaces `target` by the file that `body` makes at a path beside it.
  public static void replace(Path target, PathBody body) {
    Path folder = folderOf(target);
    Path aside = folder.resolve("." + target.getFileName() + ".part");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(aside);
      body.writeTo(aside);
      sync(aside);
      rename(aside, target);
      syncFolder(folder);
    } catch (IOException problem) {
      discard(aside);
      throw MachineRefused.writing(target, problem);
    }
  }

  private static void rename(Path aside, Path target) throws IOException {
    try {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void sync(Path file) throws IOException {
    try (var open = new RandomAccessFile(file.toFile(), "rw")) {
      open.getFD().sync();
    }
  }

  /// A rename lasts once its folder is synced. Windows has no such call and needs none.
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      return;
    }
  }

  private static void discard(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException _) {
      return; // the first failure is the one that is told
    }
  }

  private static Path folderOf(Path target) {
    @Nullable Path parent = target.toAbsolutePath().getParent();
    return parent == null ? target.toAbsolutePath() : parent;
  }
}
