package snel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.runtime.data.DataProblem;
import snel.runtime.file.DurableFile;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.ResultLine;
import snel.runtime.report.Comparison;
import snel.runtime.schedule.ProtocolProblem;
import snel.source.SourceFile;

/// `snel compare FOLDER EXPERIMENT[,EXPERIMENT…]`.
final class CompareCommand implements Command {
  private final Usage usage =
      new Usage(
          this,
          "Runs one experiment of each program FOLDER/NAME/NAME.snn and puts what they report side"
              + " by side.",
          "What is stored is used again and what was stopped goes on, so that a comparison can be"
              + " broken off and taken up.");
  private final Supplier<Path> folder =
      usage.parameter(0, "FOLDER", Path.class, Path.of(""), "with a folder for each program");
  private final Supplier<List<String>> experiments =
      usage.listed(
          1,
          "0..1",
          "[EXPERIMENT,…]",
          ",",
          "what to run of each: the first of these that it has;",
          "of one that has none of them its last experiment");
  private final Supplier<Integer> seeds =
      usage.option("--seeds", "N", Integer.class, 3, "runs each with seeds 1 to N (3)");
  private final Supplier<List<String>> only =
      usage.options("--only", "NAME", ",", "these programs");
  private final Supplier<Path> out = RunOptions.out(usage);
  private final Supplier<Optional<Path>> write =
      usage.optional(
          "--write", "FILE", Path.class, "writes FILE.md and FILE.html, after each run anew");

  private final Console console = Console.of(false);

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    List<Path> programs = programs();
    if (seeds.get() < 1) {
      throw new Misuse("--seeds is 1 or more");
    }
    List<Comparison.Row> rows = new ArrayList<>();
    StopSignal stop = StopSignal.listen();
    try {
      for (Path program : programs) {
        rows.add(row(program, rows.size() + "/" + programs.size(), stop));
        written(rows);
      }
    } finally {
      stop.finished();
    }
    console.out().print(comparison(rows).toMarkdown());
    boolean whole = rows.stream().allMatch(row -> row.problem().isEmpty());
    return whole ? Exit.DONE.code() : Exit.WRONG.code();
  }

  private List<Path> programs() {
    try (Stream<Path> folders = Files.list(folder.get())) {
      List<Path> programs =
          folders
              .map(each -> each.resolve(each.getFileName() + ".snn"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (programs.isEmpty()) {
        throw new Misuse("there is no program NAME/NAME.snn in " + folder.get());
      }
      List<String> names = programs.stream().map(CompareCommand::name).toList();
      for (String name : only.get()) {
        if (!names.contains(name)) {
          throw Misuse.missing("program", name, " in " + folder.get(), names);
        }
      }
      return programs.stream()
          .filter(each -> only.get().isEmpty() || only.get().contains(name(each)))
          .toList();
    } catch (NoSuchFileException | NotDirectoryException _) {
      throw new Misuse("there is no folder " + folder.get());
    } catch (IOException problem) {
      throw MachineRefused.reading(folder.get().toString(), problem);
    }
  }

  private static String name(Path program) {
    return String.valueOf(program.getFileName()).replaceFirst("\\.snn$", "");
  }

  /// The runs of a program. What one program lacks does not keep the others from running.
  private Comparison.Row row(Path program, String place, StopSignal stop) {
    List<List<ResultLine>> runs = new ArrayList<>();
    String problem = "";
    for (int seed = 1; seed <= seeds.get() && problem.isEmpty(); seed++) {
      console.say("[" + place + "] " + name(program) + ", seed " + seed);
      try {
        runs.add(chain(program, seed, stop));
      } catch (WrongProgram | DataProblem | ProtocolProblem | Fault wrong) {
        String text = wrong.getMessage();
        problem = text == null ? "is wrong" : text;
        console.say("  " + problem);
      }
    }
    var row = new Comparison.Row(name(program), heading(program), runs, problem);
    if (!row.failures().isEmpty()) {
      console.say("  " + row.failures());
    }
    return row;
  }

  /// The result of the experiment, last, and of those that it starts or takes weights from.
  private List<ResultLine> chain(Path file, int seed, StopSignal stop) {
    SourceFile source = ProgramFile.read(file);
    ProgramFiles files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(file)));
    Diagnostics diagnostics = new Diagnostics();
    Options options = new Options(Map.of(), OptionalInt.of(seed));
    OpenProgram program = Compiler.open(source, files.loader(), files, options, diagnostics);
    if (diagnostics.hasErrors()) {
      console.show(diagnostics);
      throw new WrongProgram();
    }
    String wanted = wanted(program);
    RunOptions run = new RunOptions(out.get(), false, true, 60_000, OptionalInt.empty(), command());
    Session session =
        new Session(program, file.toString(), files, run, console, new Advice(console), stop);
    session.experiment(wanted, options).whole();
    return session.lines();
  }

  /// A program without an experiment of those names is asked for the last that no other starts
  /// from.
  private String wanted(OpenProgram program) {
    Optional<String> first =
        experiments.get().stream().filter(program.experiments()::contains).findFirst();
    String names = "`" + String.join("` or `", experiments.get()) + "`";
    if (first.isEmpty() && program.finalExperiments().isEmpty()) {
      throw new DataProblem(ProblemKind.UNKNOWN_EXPERIMENT, "has no experiment " + names);
    }
    String chosen = first.orElseGet(() -> program.finalExperiments().getLast());
    if (first.isEmpty() && !experiments.get().isEmpty()) {
      console.say("  has no experiment " + names + "; what is run is `" + chosen + "`");
    }
    return chosen;
  }

  /// The first heading of the page beside the program.
  private static String heading(Path program) {
    Path page = program.resolveSibling("README.md");
    try {
      return Files.isRegularFile(page)
          ? Files.readString(page).lines().findFirst().orElse("").replaceFirst("^#+ *", "")
          : "";
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private List<String> command() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "snel", "compare", folder.get().toString(), String.join(",", experiments.get())));
    words.addAll(List.of("--seeds", String.valueOf(seeds.get())));
    if (!only.get().isEmpty()) {
      words.addAll(List.of("--only", String.join(",", only.get())));
    }
    write.get().ifPresent(file -> words.addAll(List.of("--write", file.toString())));
    return words;
  }

  private Comparison comparison(List<Comparison.Row> rows) {
    return new Comparison(ShellWords.line(command()), rows);
  }

  private void written(List<Comparison.Row> rows) {
    write
        .get()
        .ifPresent(file -> {
          Comparison comparison = comparison(rows);
          DurableFile.writeText(
              file.resolveSibling(file.getFileName() + ".md"), comparison.toMarkdown());
          DurableFile.writeText(
              file.resolveSibling(file.getFileName() + ".html"), comparison.toHtml());
        });
  }
}
