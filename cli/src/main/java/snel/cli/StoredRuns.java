package snel.cli;

import java.nio.file.Path;
import java.util.Optional;
import snel.ir.protocol.Experiment;
import snel.runtime.checkpoint.Origin;
import snel.runtime.data.DataProblem;
import snel.runtime.record.ResultLine;
import snel.runtime.record.RunFolder;
import snel.runtime.record.RunKey;

/// The results that are stored from runs before.
final class StoredRuns {
  private final RunOptions run;
  private final Console console;

  StoredRuns(RunOptions run, Console console) {
    this.run = run;
    this.console = console;
  }

  /// The run of this key, unless runs are to be done afresh.
  Optional<FinishedRun> find(Experiment experiment, RunKey key, Origin origin, Earlier earlier) {
    if (run.fresh()) {
      return Optional.empty();
    }
    Path folder = RunFolder.pathOf(run.out(), experiment.name(), key);
    return readable(experiment, key, folder)
        .map(line -> new FinishedRun(folder, key, origin, line, true, null, earlier.all()));
  }

  /// A result that was damaged since it was stored can be had again.
  private Optional<ResultLine> readable(Experiment experiment, RunKey key, Path folder) {
    try {
      Optional<ResultLine> line = RunFolder.stored(run.out(), experiment.name(), key);
      line.ifPresent(_ -> repeatNotices(folder));
      return line;
    } catch (DataProblem damaged) {
      console.warn(
          "%s; it counts as not stored: `%s` runs anew"
              .formatted(damaged.getMessage(), experiment.name()));
      return Optional.empty();
    }
  }

  private void repeatNotices(Path folder) {
    for (String notice : RunFolder.notices(folder)) {
      console.warn(notice + " (told by the run whose result is stored)");
    }
  }
}
