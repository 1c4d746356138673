package snel.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The four files of MNIST (LeCun, Cortes & Burges 1998), with the SHA-256 of their unpacked
/// content.
enum MnistFile {
  TRAIN_IMAGES(
      "train-images",
      3,
      60_000,
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
  TRAIN_LABELS(
      "train-labels",
      1,
      60_000,
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
  TEST_IMAGES(
      "t10k-images", 3, 10_000, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
  TEST_LABELS(
      "t10k-labels", 1, 10_000, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  private final String stem;
  private final int dimensions;
  private final int records;
  private final String sha256;

  MnistFile(String stem, int dimensions, int records, String sha256) {
    this.stem = stem;
    this.dimensions = dimensions;
    this.records = records;
    this.sha256 = sha256;
  }

  /// The name under which the file is kept.
  String fileName() {
    return stem + "-idx" + dimensions + "-ubyte";
  }

  int records() {
    return records;
  }

  String sha256() {
    return sha256;
  }

  /// The file in `folder`, under any of the names it goes by, packed or not.
  Optional<Path> in(Path folder) {
    String other = stem + ".idx" + dimensions + "-ubyte";
    return List.of(fileName(), other, fileName() + ".gz", other + ".gz").stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /// The numbers of the file at `path`, which must have this file's shape.
  NumberArray read(Path path) {
    DataFile file = DataFile.at(path);
    NumberArray array = dimensions == 3 ? Idx.images(file) : Idx.labels(file);
    Shape expected = dimensions == 3 ? Shape.of(records, 28, 28) : Shape.of(records);
    if (!array.shape().equals(expected)) {
      throw DataProblem.found(
          path.toString(), fileName() + " of shape " + expected, "shape " + array.shape());
    }
    return array;
  }
}
