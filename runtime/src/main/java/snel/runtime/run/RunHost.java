package snel.runtime.run;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import snel.runtime.checkpoint.Origin;
import snel.runtime.convert.Conversion;
import snel.runtime.data.DataFile;
import snel.runtime.record.RunFolder;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Interrupted;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;

/// Serves a machine while it runs: checkpoints when they are due, stops when asked.
final class RunHost implements Host {
  private static final long PATIENCE_NANOS = 2_000_000_000;

  private final RunFolder folder;
  private final SavedFiles saved;
  private final Origin origin;
  private final Surroundings surroundings;
  private final Watch watch;
  private final long everyNanos;
  private final long started = System.nanoTime();
  private final double ranBeforeMs;
  private final double startedCpuMs = cpuMs();
  private final double startedThreadMs = ThreadClock.cpuMs();
  private long lastCheckpoint = started;
  private long stopping;

  /// @param ranBeforeMs how long the run had gone on when it was killed
  RunHost(
      RunFolder folder,
      SavedFiles saved,
      Origin origin,
      Surroundings surroundings,
      Watch watch,
      long everyNanos,
      double ranBeforeMs) {
    this.folder = folder;
    this.saved = saved;
    this.origin = origin;
    this.surroundings = surroundings;
    this.watch = watch;
    this.everyNanos = everyNanos;
    this.ranBeforeMs = ranBeforeMs;
  }

  /// How long the run has gone on.
  ///
  /// @param ms since it began, what went before it was taken up again included
  /// @param cpuMs processor time of all threads in this process
  /// @param threadCpuMs processor time of the thread that runs the experiment
  record Spent(double ms, double cpuMs, double threadCpuMs) {}

  /// Asked on the thread that made this.
  Spent spent() {
    return new Spent(ranMs(), cpuMs() - startedCpuMs, ThreadClock.cpuMs() - startedThreadMs);
  }

  /// Processor time of this process so far, 0 where the system does not tell; in steps of 10 ms.
  private static double cpuMs() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  private double ranMs() {
    return ranBeforeMs + (System.nanoTime() - started) / 1e6;
  }

  /// A run that should stop gets some time to end the presentation at hand, so that it can go on
  /// from there.
  @Override
  public void breathe(Machine machine) {
    if (isStopping() && (machine.isResumable() || System.nanoTime() - stopping > PATIENCE_NANOS)) {
      throw new Interrupted();
    }
    watch.tick(machine.episodes().step());
  }

  private boolean isStopping() {
    if (stopping == 0 && watch.isStopped()) {
      stopping = System.nanoTime() | 1; // never 0
    }
    return stopping != 0;
  }

  @Override
  public boolean checkpointIsDue() {
    return System.nanoTime() - lastCheckpoint >= everyNanos || isStopping();
  }

  @Override
  public void checkpoint(Machine machine) {
    byte[] position = machine.position();
    long number = saved.next();
    Snapshots.checkpoint(
        folder.checkpointFile(), origin, machine, position, folder.sync(), number, ranMs());
    saved.keepFrom(number);
    lastCheckpoint = System.nanoTime();
  }

  @Override
  public Records open(Machine machine, String dataSet) {
    return surroundings.open(machine, dataSet);
  }

  @Override
  public void save(Machine machine, String file) {
    saved.save(machine.view(), file);
  }

  /// What this run saved, or one before it; else a file beside the program.
  @Override
  public void load(Machine machine, String file) {
    Weights.load(
        machine,
        saved
            .find(file)
            .map(DataFile::at)
            .or(() -> surroundings.saved(file))
            .orElseGet(() -> surroundings.input(file)));
  }

  @Override
  public void convert(
      Machine machine, Conversion conversion, String file, String of, List<double[]> samples) {
    DataFile found = of.isEmpty() ? surroundings.input(file) : surroundings.resultFile(of, file);
    conversion.apply(machine, found, samples);
    machine.changed();
  }

  @Override
  public void runExperiment(Machine machine, String experiment) {
    surroundings.runExperiment(machine, experiment);
  }

  @Override
  public Value resultOf(Machine machine, String experiment, String result) {
    return surroundings.resultOf(machine, experiment, result);
  }

  @Override
  public void notice(String sentence) {
    folder.notice(sentence);
    watch.notice(sentence);
  }

  @Override
  public void told(String name, Supplier<String> text) {
    watch.told(name, text);
  }

  @Override
  public void pass(int depth, long done, long left) {
    watch.pass(depth, done, left);
  }
}
