package snel.runtime.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
  @TempDir Path folder;

  @Test
  void aFailedWriteLeavesTheOldContent() throws IOException {
    Path file = folder.resolve("a/b/result.json");
    DurableFile.writeText(file, "old");
    MachineRefused refused =
        assertThrows(
            MachineRefused.class,
            () ->
                DurableFile.write(
                    file,
                    out -> {
                      out.write("half of the n".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("No space left on device");
                    }));
    assertEquals("cannot write " + file + ": the disk is full", refused.getMessage());
    assertEquals("old", Files.readString(file));
    try (Stream<Path> inside = Files.list(file.getParent())) {
      assertEquals(List.of(file), inside.toList());
    }
  }

  /// What the machine says, as Java hands it on, in words of what can be done about it.
  @Test
  void whyAFileCannotBeWrittenIsTold() {
    Path file = folder.resolve("made/result.json");
    String made = folder.resolve("made").toString();
    Map<IOException, String> reasons =
        Map.of(
            new NoSuchFileException(made), "nothing can be made in " + folder,
            new NoSuchFileException(made + "/x"), made + "/x does not exist",
            new AccessDeniedException(made), "no permission",
            new FileNotFoundException(made + " (Permission denied)"), "no permission",
            new FileSystemException(made, null, "Operation not permitted"), "no permission",
            new FileSystemException(made, null, "Is a directory"), "it is a folder",
            new FileSystemException(made, null, "Read-only file system"),
                "the file system is read-only");
    reasons.forEach((cause, reason) ->
        assertEquals(
            "cannot write " + file + ": " + reason,
            MachineRefused.writing(file, cause).getMessage()));
  }

  @Test
  void nothingCanBeMadeAmongProcesses() {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self")), "skipped, no /proc here");
    Path file = Path.of("/proc/none/result.json");
    MachineRefused refused =
        assertThrows(MachineRefused.class, () -> DurableFile.writeText(file, "new"));
    assertEquals("cannot write " + file + ": nothing can be made in /proc", refused.getMessage());
  }

  @Test
  void anInterruptedThreadStillWrites() throws IOException {
    Path file = folder.resolve("kept");
    Thread.currentThread().interrupt();
    try {
      DurableFile.writeText(file, "kept");
    } finally {
      Thread.interrupted();
    }
    assertEquals("kept", Files.readString(file));
  }

  @Test
  void aFullDiskIsToldAsSuch() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "skipped, there is no /dev/full here");
    MachineRefused refused =
        assertThrows(
            MachineRefused.class,
            () ->
                DurableFile.replace(
                    folder.resolve("x"),
                    _ -> {
                      try (var out = Files.newOutputStream(full)) {
                        out.write(1);
                      }
                    }));
    assertEquals(
        "cannot write " + folder.resolve("x") + ": the disk is full", refused.getMessage());
  }

  @Test
  void aFileInPlaceOfAFolderIsTold() throws IOException {
    Path file = Files.createFile(folder.resolve("f"));
    MachineRefused refused =
        assertThrows(MachineRefused.class, () -> DurableFile.writeText(file.resolve("g"), "text"));
    assertEquals(
        "cannot write " + file.resolve("g") + ": " + file + " is not a folder",
        refused.getMessage());
  }
}
