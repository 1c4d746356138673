package snel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import snel.compiler.Compiled;
import snel.compiler.CompiledTest;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.protocol.Plan;
import snel.runtime.file.MachineRefused;
import snel.runtime.kernel.Failure;
import snel.runtime.record.Json;
import snel.runtime.run.ExperimentRun;
import snel.runtime.schedule.Interrupted;
import snel.runtime.schedule.Results;
import snel.source.SourceFile;

/// `snel test FILE|FOLDER…`.
final class TestCommand implements Command {
  private final Usage usage =
      new Usage(this, "Runs the tests of programs, and of all programs in folders.");
  private final Supplier<List<Path>> paths = ProgramFile.paths(usage);
  private final Supplier<String> format = ProgramOptions.format(usage);

  private int passed;
  private int failed;
  private boolean wrong;
  private int bug;

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    Console console = Console.of(format.get().equals("json"));
    StopSignal stop = StopSignal.listen();
    Path folder = temporary();
    try {
      for (Path file : ProgramFile.programs(paths.get())) {
        file(file, folder, console, stop);
      }
    } finally {
      delete(folder);
      stop.finished();
    }
    if (console.json()) {
      Map<String, Object> counted = new LinkedHashMap<>();
      counted.put("passed", passed);
      counted.put("failed", failed);
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("tests", passed + failed);
      line.put("expectations", counted);
      console.out().println(Json.line(line));
    } else if (passed + failed > 0 || !wrong) {
      console
          .out()
          .println(
              passed + failed == 0
                  ? "there is no test"
                  : passed + " passed, " + failed + " failed");
    }
    if (bug != 0) {
      return bug;
    }
    return (wrong ? Exit.WRONG : failed > 0 ? Exit.UNEXPECTED : Exit.DONE).code();
  }

  private void file(Path path, Path folder, Console console, StopSignal stop) {
    SourceFile source = ProgramFile.read(path);
    ProgramFiles files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(path)));
    Diagnostics diagnostics = new Diagnostics();
    OpenProgram program = Compiler.open(source, files.loader(), files, diagnostics);
    List<CompiledTest> tests =
        diagnostics.hasErrors() ? List.of() : program.compiledTests(Options.NONE, diagnostics);
    if (diagnostics.hasErrors()) {
      console.show(diagnostics);
      wrong = true;
    }
    RunOptions run =
        new RunOptions(folder, true, false, 0, OptionalInt.empty(), List.of("snel", "test"));
    Session session =
        new Session(program, path.toString(), files, run, console, new Advice(console), stop);
    for (CompiledTest test : tests) {
      if (!test.faulty()) {
        report(path, test, settled(test, session, console), console);
      }
    }
  }

  /// A bug of ours fails the one test and lets the others run.
  private List<String> settled(CompiledTest test, Session session, Console console) {
    try {
      return faults(test, session);
    } catch (Interrupted | MachineRefused | WrongProgram problem) {
      throw problem;
    } catch (Failure problem) {
      return List.of("error[" + problem.problem().id() + "]: " + problem.getMessage());
    } catch (RuntimeException problem) {
      bug = BugNotice.print(console, problem, new String[] {"test", test.what()});
      return List.of("a bug of Snel");
    }
  }

  /// What did not hold; empty if all did.
  private static List<String> faults(CompiledTest test, Session session) {
    List<String> faults = new ArrayList<>();
    for (Plan.Refusal refusal : test.refusals()) {
      if (!refusal.holds()) {
        faults.add(
            refusal.place().file() + ":" + refusal.place().line() + ": " + refusal.failure());
      }
    }
    if (test.run().isPresent()) {
      Compiled compiled = test.run().get();
      @Nullable FinishedRun base =
          compiled
              .experiment()
              .from()
              .map(from -> session.experiment(from, Options.NONE))
              .orElse(null);
      ExperimentRun.Outcome outcome = session.compiled(compiled, base).outcome();
      if (outcome != null) {
        for (Results.Failure failure : outcome.results().failures()) {
          faults.add(failure.spot() + ": `" + failure.spot().text() + "`: " + failure.found());
        }
        if (outcome.stopped() instanceof Interrupted interrupted) {
          throw interrupted;
        }
        if (outcome.stopped() != null) {
          faults.add(outcome.spot() + ": " + outcome.stopped().getMessage());
        }
      }
    }
    return faults;
  }

  private void report(Path path, CompiledTest test, List<String> faults, Console console) {
    if (faults.isEmpty()) {
      passed++;
    } else {
      failed++;
    }
    if (console.json()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("file", path.toString());
      line.put("test", test.what());
      line.put("passed", faults.isEmpty());
      line.put("faults", faults);
      console.out().println(Json.line(line));
      return;
    }
    console.out().println((faults.isEmpty() ? "ok      " : "FAILED  ") + test.what());
    faults.stream()
        .flatMap(String::lines)
        .forEach(line -> console.out().println("        " + line));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("snel-test");
    } catch (IOException problem) {
      throw MachineRefused.writing(Path.of(System.getProperty("java.io.tmpdir", ".")), problem);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException _) {
      return; // what is left lies in the folder for temporary files
    }
  }
}
