package snel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import snel.target.jvm.Threads;

/// How experiments are run.
///
/// @param out the folder for run folders
/// @param fresh whether stored results are ignored
/// @param resume whether to go on from the last checkpoint
/// @param checkpointEveryMs of real time; 0 for the usual minute
/// @param threads that step a network, if their number is fixed
/// @param command the command line, for the manifest
record RunOptions(
    Path out,
    boolean fresh,
    boolean resume,
    long checkpointEveryMs,
    OptionalInt threads,
    List<String> command) {
  RunOptions {
    command = List.copyOf(command);
  }

  static Supplier<Path> out(Usage usage) {
    return usage.option(
        "--out", "DIR", Path.class, Path.of("runs"), "the folder for results (runs)");
  }

  /// A number that is not given is that of the processors, where so many prove faster than one.
  Threads howMany() {
    return threads.isPresent()
        ? Threads.exactly(threads.getAsInt())
        : Threads.upTo(Runtime.getRuntime().availableProcessors());
  }
}
