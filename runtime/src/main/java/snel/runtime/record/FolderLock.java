package snel.runtime.record;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// Keeps two processes from writing into one folder. The operating system releases it when the
/// process ends, however it ends.
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static FolderLock of(Path folder) {
    Path file = folder.resolve(FolderContent.LOCK);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new MachineRefused(
            ProblemKind.FOLDER_IN_USE,
            "another process is running this experiment into "
                + folder
                + "; wait for it or name"
                + " another folder with --out",
            null);
      }
      return new FolderLock(channel, lock);
    } catch (IOException problem) {
      throw MachineRefused.writing(file, problem);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // held by this very process
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException _) {
      return; // the lock ends with the process anyway
    }
  }
}
