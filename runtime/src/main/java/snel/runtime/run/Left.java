package snel.runtime.run;

import java.nio.file.Path;
import java.util.Map;
import snel.runtime.checkpoint.Origin;

/// What an experiment left to those that start from it.
///
/// @param experiment its name
/// @param arrays what its buffers held, by their names: an array of the type of their cells each
/// @param presentations so far along the chain of experiments (semantics.md §10)
/// @param learnt what its read-outs have learnt, by their names
public record Left(
    String experiment,
    Map<String, Object> arrays,
    long presentations,
    Map<String, Map<String, double[]>> learnt) {
  public Left {
    arrays = Map.copyOf(arrays);
    learnt = Map.copyOf(learnt);
  }

  /// Reads a file, or refuses it in a sentence: it is damaged, or of another run.
  public static Left read(Path file, Origin origin) {
    return Snapshots.left(file, origin);
  }
}
