package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The recordings are written by the JDK's own sound library, which shares no code with the reader.
class WavTest {
  private static final int LENGTH_OF_SOUND = 40;

  @TempDir Path folder;

  private byte[] recording(int bits, int channels, byte[] frames) throws IOException {
    var format = new AudioFormat(8_000, bits, channels, bits > 8, false);
    long length = frames.length / (bits / 8 * channels);
    var out = new ByteArrayOutputStream();
    var stream = new AudioInputStream(new ByteArrayInputStream(frames), format, length);
    AudioSystem.write(stream, AudioFileFormat.Type.WAVE, out);
    return out.toByteArray();
  }

  private DataFile file(byte[] content) throws IOException {
    return DataFile.at(Files.write(folder.resolve("x.wav"), content));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 24, 32})
  void everyWidthOfPcmIsRead(int bits) throws IOException {
    double[] sound = {0, 0.5, -0.5, -1, 0.25};
    byte[] frames = new byte[sound.length * bits / 8];
    for (int i = 0; i < sound.length; i++) {
      long raw = (long) (sound[i] * (1L << (bits - 1))) + (bits == 8 ? 128 : 0);
      for (int b = 0; b < bits / 8; b++) {
        frames[i * bits / 8 + b] = (byte) (raw >> (8 * b));
      }
    }
    Wav wav = Wav.read(file(recording(bits, 1, frames)), 8_000);
    assertArrayEquals(sound, wav.samples());
  }

  @Test
  void channelsAreAveraged() throws IOException {
    byte[] frames = {0, 64, 0, 0, 0, -64, 0, -64}; // (0.5, 0), (-0.5, -0.5)
    Wav wav = Wav.read(file(recording(16, 2, frames)));
    assertEquals(2, wav.channels());
    assertArrayEquals(new double[] {0.25, -0.5}, wav.samples());
  }

  @Test
  void wrongRatesAndDamagedFilesAreToldInASentence() throws IOException {
    byte[] good = recording(16, 1, new byte[100]);
    assertEquals(
        "x.wav: expected a recording at 16000 Hz; found one at 8000 Hz", problem(good, 16_000));
    assertEquals(
        "x.wav is cut off: expected 100 bytes of sound; found 60 bytes",
        problem(Arrays.copyOf(good, good.length - 40), 8_000));
    assertEquals(
        "x.wav: expected a WAV recording (RIFF … WAVE); found the first bytes 4F 67 67 53",
        problem(new byte[] {0x4f, 0x67, 0x67, 0x53}, 8_000));
    byte[] law = good.clone();
    law[20] = 7;
    assertEquals(
        "x.wav: expected PCM of 8, 16, 24 or 32 bits or 32-bit floats; found coding 7 with 16 bits"
            + " and 1 channels",
        problem(law, 8_000));
  }

  /// What was written while it was recorded has no length, and goes to the end of the file.
  @Test
  void streamedRecordingsAreReadToTheirEnd() throws IOException {
    byte[] streamed = recording(16, 1, new byte[100]);
    Arrays.fill(streamed, LENGTH_OF_SOUND, LENGTH_OF_SOUND + 4, (byte) 0xff);
    assertEquals(50, Wav.read(file(streamed)).samples().length);
    assertEquals(
        "x.wav is cut off: expected samples of 2 bytes; found 99 bytes of sound",
        problem(Arrays.copyOf(streamed, streamed.length - 1), 8_000));
  }

  private String problem(byte[] content, int rate) throws IOException {
    DataFile file = file(content);
    return assertThrows(DataProblem.class, () -> Wav.read(file, rate))
        .getMessage()
        .replace(folder + "/", "");
  }
}
