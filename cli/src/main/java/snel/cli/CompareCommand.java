package snel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.runtime.data.DataProblem;
import snel.runtime.file.DurableFile;
import snel.runtime.kernel.Fault;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.record.ResultLine;
import snel.runtime.report.Comparison;
import snel.runtime.schedule.ProtocolProblem;
import snel.source.SourceFile;

/// `snel compare FOLDER EXPERIMENT[,EXPERIMENT…]`.
@Command(
    description = {
      "Runs one experiment of each program FOLDER/NAME/NAME.snn and puts what they report side by"
          + " side.",
      "What is stored is used again and what was stopped goes on, so that a comparison can be"
          + " broken off and taken up."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FOLDER", description = "with a folder for each program")
  private Path folder = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "[EXPERIMENT,…]",
      hideParamSyntax = true,
      split = ",",
      description = {
        "what to run of each: the first of these that it has;",
        "of one that has none of them its last experiment"
      })
  private List<String> experiments = new ArrayList<>();

  @Option(names = "--seeds", paramLabel = "N", description = "runs each with seeds 1 to N (3)")
  private int seeds = 3;

  @Option(names = "--only", paramLabel = "NAME", split = ",", description = "these programs")
  private List<String> only = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", description = "the folder for results (runs)")
  private Path out = Path.of("runs");

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "writes FILE.md and FILE.html, after each run anew")
  private @Nullable Path write;

  private final Console console = Console.of(false);

  @Override
  public Integer call() {
    List<Path> programs = programs();
    if (seeds < 1) {
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
    try (Stream<Path> folders = Files.list(folder)) {
      List<Path> programs =
          folders
              .map(each -> each.resolve(each.getFileName() + ".snn"))
              .filter(Files::isRegularFile)
              .filter(each -> only.isEmpty() || only.contains(name(each)))
              .sorted()
              .toList();
      if (programs.isEmpty()) {
        throw new Misuse("there is no program NAME/NAME.snn in " + folder);
      }
      return programs;
    } catch (IOException problem) {
      throw new Misuse("cannot read the folder " + folder);
    }
  }

  private static String name(Path program) {
    return String.valueOf(program.getFileName()).replaceFirst("\\.snn$", "");
  }

  /// The runs of a program. What one program lacks does not keep the others from running.
  private Comparison.Row row(Path program, String place, StopSignal stop) {
    List<List<ResultLine>> runs = new ArrayList<>();
    String problem = "";
    for (int seed = 1; seed <= seeds && problem.isEmpty(); seed++) {
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
    RunOptions run = new RunOptions(out, false, true, 60_000, OptionalInt.empty(), command());
    Session session = new Session(program, file.toString(), files, run, console, stop);
    session.experiment(wanted, options).whole();
    return session.lines();
  }

  /// A program without an experiment of those names is asked for the last that no other starts
  /// from.
  private String wanted(OpenProgram program) {
    Optional<String> first =
        experiments.stream().filter(program.experiments()::contains).findFirst();
    if (first.isEmpty() && program.finalExperiments().isEmpty()) {
      throw new DataProblem(
          ProblemKind.UNKNOWN_EXPERIMENT,
          "has no experiment `" + String.join("` or `", experiments) + "`");
    }
    return first.orElseGet(() -> program.finalExperiments().getLast());
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
            List.of("snel", "compare", folder.toString(), String.join(",", experiments)));
    words.addAll(List.of("--seeds", String.valueOf(seeds)));
    if (!only.isEmpty()) {
      words.addAll(List.of("--only", String.join(",", only)));
    }
    if (write != null) {
      words.addAll(List.of("--write", write.toString()));
    }
    return words;
  }

  private Comparison comparison(List<Comparison.Row> rows) {
    return new Comparison(ShellWords.line(command()), rows);
  }

  private void written(List<Comparison.Row> rows) {
    if (write != null) {
      Comparison comparison = comparison(rows);
      DurableFile.writeText(
          write.resolveSibling(write.getFileName() + ".md"), comparison.toMarkdown());
      DurableFile.writeText(
          write.resolveSibling(write.getFileName() + ".html"), comparison.toHtml());
    }
  }
}
