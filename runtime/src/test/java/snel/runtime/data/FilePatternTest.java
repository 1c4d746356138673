package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {
  @TempDir Path root;

  @Test
  void placeholdersBecomeFields() throws IOException {
    Files.createDirectories(root.resolve("recordings"));
    for (String name : List.of("3_jackson_12.wav", "0_lucas_7.wav", "notes.txt", "0_lucas.wav")) {
      Files.createFile(root.resolve("recordings").resolve(name));
    }
    var pattern = new FilePattern("recordings/{digit}_{speaker}_{take}.wav");
    List<FilePattern.Match> matches = pattern.matches(root);
    assertEquals(List.of("digit", "speaker", "take"), pattern.names());
    assertEquals(2, matches.size());
    assertEquals(Map.of("digit", "0", "speaker", "lucas", "take", "7"), matches.get(0).values());
    assertEquals("jackson", matches.get(1).values().get("speaker"));
  }

  @Test
  void placeholdersMayStandForFolders() throws IOException {
    Files.createDirectories(root.resolve("sets/train"));
    Files.createFile(root.resolve("sets/train/a.npy"));
    var matches = new FilePattern("sets/{part}/{name}.npy").matches(root);
    assertEquals(Map.of("part", "train", "name", "a"), matches.getFirst().values());
  }

  @Test
  void nothingFoundIsAProblem() {
    var pattern = new FilePattern("none/{a}.wav");
    assertEquals(
        root + "/none: expected a folder of files none/{a}.wav; found no such folder",
        assertThrows(DataProblem.class, () -> pattern.matches(root)).getMessage());
    assertEquals(
        root + ": expected files that fit {a}.wav; found none",
        assertThrows(DataProblem.class, () -> new FilePattern("{a}.wav").matches(root))
            .getMessage());
    assertThrows(DataProblem.class, () -> new FilePattern("{a}_{a}.wav"));
  }
}
