package snel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import snel.compiler.CompiledSweep;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;

/// `snel run FILE [EXPERIMENT…]`.
final class RunCommand implements Command {
  private static final int MOST_THREADS = 256;

  private final Usage usage =
      new Usage(
          this,
          "Runs experiments and sweeps of a program.",
          "None named: the experiments that no other starts from. Results lie in"
              + " runs/EXPERIMENT-KEY; a stored result is used again.");
  private final ProgramOptions program = new ProgramOptions(usage);
  private final Supplier<List<String>> names =
      usage.parameters(1, "0..*", "EXPERIMENT", String.class, "experiments or sweeps");
  private final Supplier<Path> out = RunOptions.out(usage);
  private final Supplier<Boolean> fresh = usage.flag("--fresh", "ignores stored results");
  private final Supplier<Boolean> resume =
      usage.flag("--resume", "goes on from the last checkpoint of a stopped run");
  private final Supplier<Double> checkpointEvery =
      usage.option(
          "--checkpoint-every",
          "SECONDS",
          Double.class,
          60.0,
          "of real time, at the next moment that allows it (60)");
  private final Supplier<Optional<Integer>> threads =
      usage.optional(
          "--threads",
          "N",
          Integer.class,
          "threads that step a network (up to one a processor, where that is faster);",
          "the results are the same with any number");

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    Console console = program.console();
    if (fresh.get() && resume.get()) {
      throw new Misuse(
          "`--fresh` begins anew and `--resume` goes on from a checkpoint: give one of them");
    }
    ProgramOptions.Opened opened = program.openWhole(console);
    List<String> wanted = names.get().isEmpty() ? usual(opened.program()) : known(opened.program());
    wanted.stream()
        .filter(opened.program().sweeps()::contains)
        .forEach(sweep -> SweptSettings.refuse(opened.program(), sweep, program.options()));
    RunOptions run =
        new RunOptions(
            out.get(), fresh.get(), resume.get(), checkpointEveryMs(), threads(), command());
    StopSignal stop = StopSignal.listen();
    try {
      Session session =
          new Session(
              opened.program(),
              program.file().toString(),
              opened.files(),
              run,
              console,
              new Advice(console),
              stop);
      session.prepare(
          wanted.stream().filter(name -> !opened.program().sweeps().contains(name)).toList(),
          program.options());
      Outcomes outcomes = new Outcomes(console);
      for (String name : wanted) {
        FinishedRun done = one(session, opened, name, console);
        outcomes.show(done);
        if (!outcomes.maySpeak()) {
          break;
        }
      }
      return outcomes.exit().code();
    } finally {
      stop.finished();
    }
  }

  private long checkpointEveryMs() {
    double seconds = checkpointEvery.get();
    if (!(seconds > 0)) {
      throw new Misuse("--checkpoint-every is a number of seconds above 0");
    }
    return Math.max(1, (long) (seconds * 1000));
  }

  private OptionalInt threads() {
    if (threads.get().isEmpty()) {
      return OptionalInt.empty();
    }
    int number = threads.get().get();
    if (number < 1 || number > MOST_THREADS) {
      throw new Misuse("--threads is a number from 1 to " + MOST_THREADS);
    }
    return OptionalInt.of(number);
  }

  private List<String> command() {
    List<String> words = new ArrayList<>(List.of("snel", "run", program.file().toString()));
    words.addAll(names.get());
    words.addAll(program.words());
    return words;
  }

  private static List<String> usual(OpenProgram program) {
    List<String> names = program.usualExperiments();
    if (names.isEmpty()) {
      String named = String.join(", ", program.experiments());
      throw new Misuse(
          named.isEmpty() ? "the program has no experiment to run" : "name what to run: " + named);
    }
    return names;
  }

  private List<String> known(OpenProgram program) {
    List<String> all = new ArrayList<>(program.experiments());
    all.addAll(program.sweeps());
    for (String name : names.get()) {
      if (!all.contains(name)) {
        throw Misuse.noExperiment(name, all);
      }
    }
    return names.get();
  }

  private FinishedRun one(
      Session session, ProgramOptions.Opened opened, String name, Console console) {
    Options options = program.options();
    if (!opened.program().sweeps().contains(name)) {
      return session.experiment(name, options);
    }
    Diagnostics diagnostics = new Diagnostics();
    Optional<CompiledSweep> sweep = opened.program().sweep(name, options, diagnostics);
    if (sweep.isEmpty()) {
      console.show(diagnostics);
      throw new WrongProgram();
    }
    return session.sweep(sweep.get(), options, opened.source().text());
  }
}
