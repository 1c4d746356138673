package snel.runtime.record;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import snel.runtime.data.DataProblem;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// A file that is only ever written at its end, through a buffer. Its length at a checkpoint is
/// remembered there; a run that goes on cuts it back to that length. One thread writes.
final class GrowingFile {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final RandomAccessFile file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private long written;

  /// Opens a file that may have content already.
  GrowingFile(Path path) {
    this.path = path;
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      this.file = new RandomAccessFile(path.toFile(), "rw");
      this.written = file.length();
      file.seek(written);
    } catch (IOException problem) {
      throw MachineRefused.writing(path, problem);
    }
  }

  Path path() {
    return path;
  }

  /// The length with what is still in the buffer.
  long length() {
    return written + buffer.position();
  }

  /// A buffer with room for `bytes`, at most 64 KiB, whose position the caller moves.
  ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  void append(byte[] bytes) {
    flush();
    try {
      file.write(bytes);
      written += bytes.length;
    } catch (IOException problem) {
      throw refused(problem);
    }
  }

  /// Hands what is in the buffer to the operating system.
  void flush() {
    try {
      file.write(buffer.array(), 0, buffer.position());
      written += buffer.position();
      buffer.clear();
    } catch (IOException problem) {
      throw refused(problem);
    }
  }

  /// Overwrites the beginning, where a header of fixed length stands.
  void overwriteStart(byte[] header) {
    flush();
    try {
      file.seek(0);
      file.write(header);
      file.seek(written);
    } catch (IOException problem) {
      throw refused(problem);
    }
  }

  /// Waits until everything is on the disk.
  void sync() {
    flush();
    try {
      file.getFD().sync();
    } catch (IOException problem) {
      throw MachineRefused.writing(path, problem);
    }
  }

  /// Cuts off what was written after `length`.
  static void truncate(Path path, long length) {
    if (!Files.exists(path)) {
      throw cannotGoOn(path + " is missing", length);
    }
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      if (file.length() < length) {
        throw cannotGoOn("%s holds %d bytes".formatted(path, file.length()), length);
      }
      file.setLength(length);
    } catch (IOException problem) {
      throw MachineRefused.writing(path, problem);
    }
  }

  private static DataProblem cannotGoOn(String found, long length) {
    return new DataProblem(
        ProblemKind.OTHER_CHECKPOINT,
        "%s, but the checkpoint was made when it held %d bytes: the run cannot go on"
                .formatted(found, length)
            + " (`--fresh` begins again)");
  }

  void close() {
    try {
      flush();
    } finally {
      release();
    }
  }

  /// A write that failed half-way leaves a part of a record; it is cut off so that what was whole
  /// stays readable.
  private MachineRefused refused(IOException problem) {
    try {
      file.setLength(written);
      file.seek(written);
    } catch (IOException _) {
      return MachineRefused.writing(path, problem);
    }
    return MachineRefused.writing(path, problem);
  }

  private void release() {
    try {
      file.close();
    } catch (IOException problem) {
      throw MachineRefused.writing(path, problem);
    }
  }
}
