package snel.runtime.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import snel.runtime.kernel.Failure;
import snel.runtime.kernel.ProblemKind;

/// The machine would not do what was asked: disk full, no permission, no such program. Programs
/// exit with code 4.
public final class MachineRefused extends Failure {
  public MachineRefused(ProblemKind problem, String sentence, @Nullable Throwable cause) {
    super(problem, sentence);
    if (cause != null) {
      initCause(cause);
    }
  }

  /// What is said when `file` could not be written.
  public static MachineRefused writing(Path file, Exception cause) {
    return new MachineRefused(
        ProblemKind.CANNOT_WRITE, "cannot write " + file + ": " + hindrance(cause), cause);
  }

  /// What is not there although it was to be made: its folder takes nothing, as `/proc`.
  private static String hindrance(Exception cause) {
    if (cause instanceof NoSuchFileException missing && missing.getFile() != null) {
      Path folder = Path.of(missing.getFile()).toAbsolutePath().getParent();
      if (folder != null && Files.isDirectory(folder)) {
        return "nothing can be made in " + folder;
      }
    }
    return reason(cause);
  }

  /// What is said when `file` is there but could not be read.
  public static MachineRefused reading(String file, Exception cause) {
    return new MachineRefused(
        ProblemKind.FILE_UNREADABLE, "cannot read " + file + ": " + reason(cause), cause);
  }

  /// What the machine says is wrong, in plain words.
  public static String reason(Exception cause) {
    return switch (cause) {
      case AccessDeniedException _ -> "no permission";
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case FileAlreadyExistsException other -> other.getFile() + " is not a folder";
      case NotDirectoryException other -> other.getFile() + " is not a folder";
      case ReadOnlyFileSystemException _ -> "the file system is read-only";
      case FileSystemException other when other.getReason() != null -> plain(other.getReason());
      case IOException other when other.getMessage() != null -> plain(other.getMessage());
      default -> cause.toString();
    };
  }

  private static String plain(String reason) {
    String low = reason.toLowerCase(Locale.ROOT);
    if (low.contains("no space left")) {
      return "the disk is full";
    }
    if (low.contains("quota")) {
      return "the disk quota is used up";
    }
    if (low.contains("read-only")) {
      return "the file system is read-only";
    }
    if (low.contains("not a directory")) {
      return "a part of its path is a file, not a folder";
    }
    if (low.contains("is a directory")) {
      return "it is a folder";
    }
    if (low.contains("permission denied") || low.contains("not permitted")) {
      return "no permission";
    }
    return reason;
  }
}
