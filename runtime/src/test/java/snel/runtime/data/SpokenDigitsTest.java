package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpokenDigitsTest {
  @TempDir Path folder = Path.of("");

  private SpokenDigits spoken() {
    return new SpokenDigits(new DataCache(folder.resolve("cache")));
  }

  @Test
  void absenceNamesTheWay() {
    assertFalse(spoken().find().isPresent());
    String told = spoken().absent().getMessage();
    assertTrue(told.contains("looked in " + folder.resolve("cache/spoken_digits")), told);
    assertTrue(told.contains("`snel data add spoken_digits DIR`"), told);
  }

  @Test
  void aFolderWithoutThemIsRefusedByTheFirstThatIsMissing() throws IOException {
    assertTrue(
        assertThrows(DataProblem.class, () -> spoken().add(folder.resolve("nowhere")))
            .getMessage()
            .endsWith("expected a folder with the recordings; found no folder"));
    Path own = Files.createDirectories(folder.resolve("own/recordings"));
    Files.write(own.resolve("0_george_0.wav"), wav(8_000));
    assertEquals(
        own.resolve("0_george_1.wav")
            + ": expected one of the 3,000 spoken digits; there is no such file",
        assertThrows(DataProblem.class, () -> spoken().add(Objects.requireNonNull(own.getParent())))
            .getMessage());
    Files.write(own.resolve("0_george_0.wav"), wav(16_000));
    assertThrows(DataProblem.class, () -> spoken().add(Objects.requireNonNull(own.getParent())));
    assertFalse(spoken().find().isPresent());
  }

  /// Two samples of 16 bits.
  private static byte[] wav(int rate) {
    ByteBuffer bytes = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(40);
    bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    bytes.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(2 * rate);
    bytes.putShort((short) 2).putShort((short) 16);
    bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4);
    return bytes.putShort((short) 1).putShort((short) 2).array();
  }
}
