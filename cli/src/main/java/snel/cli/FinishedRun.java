package snel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.runtime.checkpoint.Origin;
import snel.runtime.record.ResultLine;
import snel.runtime.record.RunKey;
import snel.runtime.run.ExperimentRun;

/// A run that is over, now or earlier.
///
/// @param stored whether its result was there already
/// @param earlier the runs that it started or took weights from
record FinishedRun(
    Path folder,
    RunKey key,
    Origin origin,
    ResultLine line,
    boolean stored,
    ExperimentRun.@Nullable Outcome outcome,
    List<FinishedRun> earlier) {
  FinishedRun {
    earlier = List.copyOf(earlier);
  }

  boolean isStopped() {
    return outcome != null && outcome.stopped() != null;
  }

  /// This run; what stopped it is thrown, if anything did.
  FinishedRun whole() {
    if (outcome != null && outcome.stopped() != null) {
      throw outcome.stopped();
    }
    return this;
  }

  /// All runs that it rests on, the first one first, and last itself.
  Stream<FinishedRun> withEarlier() {
    return Stream.concat(earlier.stream().flatMap(FinishedRun::withEarlier), Stream.of(this));
  }
}
