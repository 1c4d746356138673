package snel.runtime.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import snel.runtime.checkpoint.Checkpoint;
import snel.runtime.checkpoint.Origin;
import snel.runtime.schedule.Legacy;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.NetworkView;

/// Writes and reads the two kinds of state: a checkpoint, from which the same run goes on to the
/// same bits, and what an experiment leaves to those that are `from` it.
final class Snapshots {
  private static final String BUFFERS = "buffer";
  private static final String POSITION = "position";
  private static final String LENGTHS = "lengths";
  private static final String LEGACY = "legacy";
  private static final String NUMBER = "number";

  private Snapshots() {}

  /// @param position of the machine, taken before the recordings were put on the disk
  /// @param lengths of the recordings
  /// @param number of the checkpoint, the run's first one is 1
  static void checkpoint(
      Path file,
      Origin origin,
      Machine machine,
      byte[] position,
      Map<String, Long> lengths,
      long number,
      double ranMs) {
    Checkpoint checkpoint = Checkpoint.of(origin).with(POSITION, position);
    buffers(checkpoint, machine.view(), machine.view().kept());
    checkpoint.withFact(LENGTHS, lengths).withFact(NUMBER, number).withFact("ran_ms", ranMs);
    checkpoint.write(file);
  }

  /// Lengths of the recordings when the checkpoint was made.
  static Map<String, Long> lengths(Checkpoint checkpoint) {
    Map<String, Long> lengths = new HashMap<>();
    Map<?, ?> kept = checkpoint.fact(LENGTHS, Map.class);
    kept.forEach((name, length) -> lengths.put((String) name, ((Number) length).longValue()));
    return lengths;
  }

  static long number(Checkpoint checkpoint) {
    return checkpoint.fact(NUMBER, Long.class);
  }

  static double ranMs(Checkpoint checkpoint) {
    return checkpoint.fact("ran_ms", Number.class).doubleValue();
  }

  static void restore(Checkpoint checkpoint, Machine machine) {
    copy(checkpoint, machine.view(), machine.view().kept());
    machine.restore(checkpoint.bytes(POSITION));
  }

  /// What an experiment leaves behind.
  static void leave(Path file, Origin origin, Machine machine) {
    Checkpoint state = Checkpoint.of(origin).with(LEGACY, machine.legacy());
    buffers(state, machine.view(), machine.view().carried());
    state.write(file);
  }

  static Left left(Path file, Origin origin) {
    Checkpoint state = Checkpoint.read(file, origin);
    Legacy legacy = Legacy.of(state.bytes(LEGACY));
    return new Left(
        origin.experiment(),
        state.all(BUFFERS, Object.class),
        legacy.presentations(),
        legacy.learnt());
  }

  /// Starts with what another experiment left; what it did not have keeps its own beginning.
  ///
  /// @param anew whether only what lasts is taken over
  static void inherit(Path file, Origin origin, boolean anew, Machine machine) {
    Checkpoint state = Checkpoint.read(file, origin);
    Set<String> there = state.sectionNames();
    List<String> common =
        machine.view().taken(anew).stream()
            .filter(name -> there.contains(BUFFERS + "/" + name))
            .toList();
    copy(state, machine.view(), common);
    machine.inherit(state.bytes(LEGACY));
  }

  private static void buffers(Checkpoint checkpoint, NetworkView view, List<String> names) {
    view.network().settle();
    for (String name : names) {
      checkpoint.with(BUFFERS + "/" + name, view.network().array(name));
    }
  }

  private static void copy(Checkpoint checkpoint, NetworkView view, List<String> names) {
    for (String name : names) {
      checkpoint.copyInto(BUFFERS + "/" + name, view.network().array(name));
    }
  }
}
