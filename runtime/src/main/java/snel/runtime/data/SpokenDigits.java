package snel.runtime.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.runtime.file.DurableFile;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.ProblemKind;

/// The Free Spoken Digit Dataset: 3,000 recordings `DIGIT_SPEAKER_TAKE.wav`, kept in the data
/// cache. No registry has it as a package, so it comes from a folder of the user.
public record SpokenDigits(DataCache cache) {
  public static final String NAME = "spoken_digits";
  private static final List<String> SPEAKERS =
      List.of("george", "jackson", "lucas", "nicolas", "theo", "yweweler");
  private static final int DIGITS = 10;
  private static final int TAKES = 50;
  private static final int RATE = 8_000;

  /// The folder that holds all recordings, if there is one.
  public Optional<Path> find() {
    Path folder = cache.folder(NAME);
    boolean complete = names().stream().allMatch(name -> Files.exists(folder.resolve(name)));
    return complete ? Optional.of(folder) : Optional.empty();
  }

  /// Takes all recordings from a folder of the user, or from `recordings` in it, each after a look
  /// at what is in it.
  public void add(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw DataProblem.found(folder.toString(), "a folder with the recordings", "no folder");
    }
    Path inner = folder.resolve("recordings");
    Path place = Files.isDirectory(inner) ? inner : folder;
    for (String name : names()) {
      Path file = place.resolve(name);
      if (!Files.exists(file)) {
        throw DataProblem.missing(file.toString(), "one of the 3,000 spoken digits");
      }
      Wav.read(DataFile.at(file), RATE);
      DurableFile.write(cache.folder(NAME).resolve(name), out -> out.write(content(file)));
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException problem) {
      throw MachineRefused.reading(file.toString(), problem);
    }
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int digit = 0; digit < DIGITS; digit++) {
      for (String speaker : SPEAKERS) {
        for (int take = 0; take < TAKES; take++) {
          names.add("%d_%s_%d.wav".formatted(digit, speaker, take));
        }
      }
    }
    return names;
  }

  /// What a program is told that wants the recordings where they are not.
  public DataProblem absent() {
    return new DataProblem(
        ProblemKind.DATA_SET_ABSENT,
        ("the spoken digits are not on this machine (looked in %s): get the Free Spoken Digit"
                + " Dataset (`git clone https://github.com/Jakobovski/free-spoken-digit-dataset`,"
                + " 21 MB), then `snel data add spoken_digits DIR` takes its recordings")
            .formatted(cache.folder(NAME)));
  }
}
