package snel.runtime.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import snel.runtime.data.DataProblem;

class CheckpointTest {
  private static final Origin ORIGIN = new Origin(1, "abc", "learn", "k");

  @TempDir Path folder;

  private static Checkpoint sample() {
    float[] weights = new float[30_000];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Float.intBitsToFloat(i * 0x9E3779B1);
    }
    return Checkpoint.of(ORIGIN)
        .with("feed.w", weights)
        .with("empty", new int[0])
        .with("bytes", new byte[] {-1, 7})
        .with("shorts", new short[] {-2, 300})
        .with("chars", new char[] {65_535})
        .with("longs", new long[] {Long.MIN_VALUE, 3})
        .with("nan", new double[] {Double.NaN, -0.0, Double.longBitsToDouble(0x7ff4000000000001L)})
        .withAll("readout/digit", Map.of("sums", new double[] {1, 2}))
        .withFact("step", 123_456_789_012L)
        .withFact("presentation", 7L)
        .withFact("position", List.of("for:1", "do:0"))
        .withFact("lengths", Map.of("recording/E.spikes", 4_096L));
  }

  @Test
  void everyBitComesBack() throws IOException {
    Path file = folder.resolve("c.snel");
    sample().write(file);
    Checkpoint read = Checkpoint.read(file, ORIGIN);
    for (int i = 0; i < 30_000; i++) {
      assertEquals(i * 0x9E3779B1, Float.floatToRawIntBits(read.floats("feed.w")[i]));
    }
    assertEquals(0, read.ints("empty").length);
    assertArrayEquals(new byte[] {-1, 7}, read.bytes("bytes"));
    assertArrayEquals(new short[] {-2, 300}, read.shorts("shorts"));
    assertArrayEquals(new char[] {65_535}, read.chars("chars"));
    assertArrayEquals(new long[] {Long.MIN_VALUE, 3}, read.longs("longs"));
    assertEquals(0x7ff4000000000001L, Double.doubleToRawLongBits(read.doubles("nan")[2]));
    assertEquals(Set.of("sums"), read.all("readout/digit", double[].class).keySet());
    assertEquals(123_456_789_012L, read.fact("step", Long.class));
    assertEquals(7L, read.fact("presentation", Long.class));
    assertEquals(List.of("for:1", "do:0"), read.fact("position", List.class));
    float[] weights = new float[30_000];
    read.copyInto("feed.w", weights);
    assertArrayEquals(read.floats("feed.w"), weights);
    byte[] once = Files.readAllBytes(file);
    read.write(file);
    assertArrayEquals(once, Files.readAllBytes(file));
  }

  @Test
  void whateverIsCutOffOrFlippedIsRefused() throws IOException {
    Path file = folder.resolve("c.snel");
    Checkpoint.of(ORIGIN).with("w", new float[] {1, 2, 3}).withFact("step", 5L).write(file);
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length += 3) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThrows(DataProblem.class, () -> Checkpoint.read(file, ORIGIN), "cut at " + length);
    }
    for (int bit = 0; bit < 8 * good.length; bit += 7) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      int flipped = bit;
      assertThrows(DataProblem.class, () -> Checkpoint.read(file, ORIGIN), "bit " + flipped);
    }
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    assertThrows(DataProblem.class, () -> Checkpoint.read(file, ORIGIN));
  }

  @Test
  void randomBytesAreRefused() throws IOException {
    var random = new SplittableRandom(9);
    Path file = folder.resolve("c.snel");
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      System.arraycopy(
          "SNELCKP1".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
          0,
          bytes,
          0,
          Math.min(8, bytes.length));
      Files.write(file, bytes);
      assertThrows(DataProblem.class, () -> Checkpoint.read(file, ORIGIN));
    }
  }

  @Test
  void refusalsSayWhy() throws IOException {
    Path file = folder.resolve("c.snel");
    assertTrue(Checkpoint.readIfThere(file, ORIGIN).isEmpty());
    sample().write(file);
    assertEquals(
        "FILE was written by a Snel of semantics version 1; this one has version 2 (`--fresh`"
            + " begins again)",
        problem(file, new Origin(2, "abc", "learn", "k")));
    assertEquals(
        "FILE was made by another version of the source: `learn` has changed since (`--fresh`"
            + " begins again)",
        problem(file, new Origin(1, "abd", "learn", "k")));
    assertEquals(
        "FILE is a checkpoint of `learn`, not of `label` (`--fresh` begins again)",
        problem(file, new Origin(1, "abc", "label", "k")));
    assertEquals(
        "FILE was made with other parameters, another seed or other data (`--fresh` begins again)",
        problem(file, new Origin(1, "abc", "learn", "l")));
    Checkpoint read = Checkpoint.read(file, ORIGIN);
    assertEquals(
        "the checkpoint holds 30000 elements of `feed.w` where the network has 3",
        assertThrows(DataProblem.class, () -> read.copyInto("feed.w", new float[3])).getMessage());
    assertEquals(
        "the checkpoint holds `feed.w` as float[] where the network has double[]",
        assertThrows(DataProblem.class, () -> read.doubles("feed.w")).getMessage());
    assertEquals(
        "the checkpoint lacks the section `I.v`",
        assertThrows(DataProblem.class, () -> read.floats("I.v")).getMessage());
    Files.writeString(file, "something else");
    assertEquals(
        "FILE: expected a checkpoint of Snel; found another kind of file (`--fresh` begins again)",
        problem(file, ORIGIN));
    sample().write(file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 9));
    assertEquals(
        "FILE is a checkpoint that is cut off; it cannot be used (`--fresh` begins again)",
        problem(file, ORIGIN));
    whole[whole.length - 9] ^= 1;
    Files.write(file, whole);
    assertEquals(
        "FILE is a damaged checkpoint: its checksum does not fit (`--fresh` begins again)",
        problem(file, ORIGIN));
    Files.delete(file);
    assertEquals(
        "FILE: expected a checkpoint; there is no such file (`--fresh` begins again)",
        problem(file, ORIGIN));
  }

  private static String problem(Path file, Origin origin) {
    return assertThrows(DataProblem.class, () -> Checkpoint.read(file, origin))
        .getMessage()
        .replace(file.toString(), "FILE");
  }
}
