package snel.cli;

import java.nio.file.Path;
import java.util.List;

/// How experiments are run.
///
/// @param out the folder for run folders
/// @param fresh whether stored results are ignored
/// @param resume whether to go on from the last checkpoint
/// @param checkpointEveryMs of real time; 0 for the usual minute
/// @param command the command line, for the manifest
record RunOptions(
    Path out, boolean fresh, boolean resume, long checkpointEveryMs, List<String> command) {
  RunOptions {
    command = List.copyOf(command);
  }
}
