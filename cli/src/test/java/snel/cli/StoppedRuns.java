package snel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.runtime.checkpoint.Origin;
import snel.runtime.convert.Conversion;
import snel.runtime.kernel.Network;
import snel.runtime.record.Manifest;
import snel.runtime.record.RunKey;
import snel.runtime.run.ExperimentRun;
import snel.runtime.run.Watch;
import snel.runtime.schedule.Host;
import snel.runtime.schedule.Interrupted;
import snel.runtime.schedule.Machine;
import snel.runtime.schedule.Records;
import snel.runtime.schedule.Value;
import snel.target.jvm.JvmTarget;
import snel.target.jvm.Threads;
import snel.target.jvm.protocol.ProtocolLinker;
import snel.target.jvm.protocol.ViewLinker;

/// Runs experiments of one program in this process: at one go, or stopped again and again and each
/// time taken up by a network that was built anew.
final class StoppedRuns {
  private static final int MOST_LIVES = 2_000;

  private final OpenProgram program;
  private final ProgramFiles files;
  private final Threads threads;
  private int lives;

  StoppedRuns(Path file) {
    this(file, Threads.ONE);
  }

  StoppedRuns(Path file, Threads threads) {
    this.threads = threads;
    this.files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(file)));
    Diagnostics diagnostics = new Diagnostics();
    this.program = Compiler.open(ProgramFile.read(file), files.loader(), files, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new AssertionError(diagnostics.sorted().toString());
    }
  }

  /// In how many lives the latest experiment came to its end.
  int lives() {
    return lives;
  }

  /// Runs an experiment and those that it is `from`; the folder of the last.
  Path whole(String experiment, Path out) {
    return chain(experiment, out, Integer.MAX_VALUE);
  }

  /// The same, every life with a number of checkpoints (2 to `most`) and some time after the last.
  Path stopped(String experiment, Path out, int most) {
    return chain(experiment, out, most);
  }

  private Path chain(String experiment, Path out, int most) {
    ExperimentRun.@Nullable Inherited before = null;
    Path folder = out;
    for (String link : program.chain(experiment)) {
      Diagnostics diagnostics = new Diagnostics();
      Compiled compiled =
          program
              .experiment(link, options(), diagnostics)
              .orElseThrow(() -> new AssertionError(diagnostics.sorted().toString()));
      Origin origin = new Origin(1, compiled.experiment().fingerprint(), link, "k");
      folder = lives(compiled, origin, out, before, most);
      before = new ExperimentRun.Inherited(folder.resolve("state.snel"), origin, false);
    }
    return folder;
  }

  private static Options options() {
    return new Options(Map.of(), OptionalInt.empty());
  }

  private Path lives(
      Compiled compiled,
      Origin origin,
      Path out,
      ExperimentRun.@Nullable Inherited before,
      int most) {
    for (lives = 1; lives < MOST_LIVES; lives++) {
      int checkpoints =
          most == Integer.MAX_VALUE ? Integer.MAX_VALUE : 2 + lives % Math.max(1, most - 1);
      ExperimentRun.Outcome outcome =
          ExperimentRun.run(task(compiled, origin, out, before, checkpoints, lives % 9));
      if (outcome.stopped() == null) {
        return outcome.folder();
      }
      if (!(outcome.stopped() instanceof Interrupted)) {
        throw outcome.stopped();
      }
    }
    throw new AssertionError("it does not come to its end");
  }

  private ExperimentRun.Task task(
      Compiled compiled,
      Origin origin,
      Path out,
      ExperimentRun.@Nullable Inherited before,
      int checkpoints,
      int breaths) {
    Network network = new JvmTarget(JvmTarget.Code.ADAPTIVE, threads).build(compiled.program());
    var view = ViewLinker.link(compiled.program(), network);
    String name = compiled.experiment().name();
    Manifest manifest =
        new Manifest(
            "", 1, name, "", "", "", "", 0, "", "", "", Map.of(), Map.of(), Map.of(), List.of(),
            "");
    return new ExperimentRun.Task(
        out,
        name,
        RunKey.of(Map.of("test", name)),
        origin,
        manifest,
        view,
        Optional.ofNullable(before),
        lives > 1,
        1_000_000_000,
        0,
        0,
        new PlainSurroundings(
            files, new DataSources(files), compiled.dataSets(), java.util.Map.of()),
        Watch.NONE,
        (host, recording) ->
            ProtocolLinker.machine(
                compiled.experiment(),
                compiled.program(),
                view,
                checkpoints == Integer.MAX_VALUE ? host : new Stopping(host, checkpoints, breaths),
                recording,
                threads));
  }

  /// Keeps a checkpoint wherever it may, and stops some breaths after the last one it is given.
  private static final class Stopping implements Host {
    private final Host host;
    private int checkpoints;
    private int breaths;

    Stopping(Host host, int checkpoints, int breaths) {
      this.host = host;
      this.checkpoints = checkpoints;
      this.breaths = breaths;
    }

    @Override
    public void breathe(Machine machine) {
      if (checkpoints == 0 && breaths-- == 0) {
        throw new Interrupted();
      }
      host.breathe(machine);
    }

    @Override
    public boolean checkpointIsDue() {
      return checkpoints > 0;
    }

    @Override
    public void checkpoint(Machine machine) {
      checkpoints = Math.max(0, checkpoints - 1);
      host.checkpoint(machine);
    }

    @Override
    public Records open(Machine machine, String dataSet) {
      return host.open(machine, dataSet);
    }

    @Override
    public void save(Machine machine, String file) {
      host.save(machine, file);
    }

    @Override
    public void load(Machine machine, String file) {
      host.load(machine, file);
    }

    @Override
    public void convert(
        Machine machine, Conversion conversion, String file, String of, List<double[]> samples) {
      host.convert(machine, conversion, file, of, samples);
    }

    @Override
    public void runExperiment(Machine machine, String experiment) {
      host.runExperiment(machine, experiment);
    }

    @Override
    public Value resultOf(Machine machine, String experiment, String result) {
      return host.resultOf(machine, experiment, result);
    }

    @Override
    public void pass(int depth, long done, long left) {
      host.pass(depth, done, left);
    }
  }
}
