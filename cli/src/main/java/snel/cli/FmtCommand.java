package snel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import snel.diagnostics.Diagnostics;
import snel.format.Formatter;
import snel.runtime.file.DurableFile;
import snel.source.SourceFile;

/// `snel fmt FILE…`.
final class FmtCommand implements Command {
  private final Usage usage =
      new Usage(
          this, "Formats programs; comments stay, and what has syntax errors stays as it is.");
  private final Supplier<List<Path>> paths = ProgramFile.paths(usage);
  private final Supplier<Boolean> check =
      usage.flag("--check", "changes nothing; exits with 1 if a file is not formatted");
  private final Supplier<Boolean> print =
      usage.flag("--stdout", "prints the formatted text instead of writing it");

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    Console console = Console.of(false);
    boolean wrong = false;
    for (Path file : ProgramFile.programs(paths.get())) {
      wrong |= !format(file, console);
    }
    return (wrong ? Exit.WRONG : Exit.DONE).code();
  }

  private boolean format(Path file, Console console) {
    SourceFile source = ProgramFile.read(file);
    Diagnostics diagnostics = new Diagnostics();
    Optional<String> formatted = Formatter.format(source, diagnostics);
    if (formatted.isEmpty()) {
      console.show(diagnostics);
      return false;
    }
    if (print.get()) {
      console.out().print(formatted.get());
      return true;
    }
    if (formatted.get().equals(source.text())) {
      return true;
    }
    if (check.get()) {
      console.out().println(file + " is not formatted");
      return false;
    }
    DurableFile.writeText(file, formatted.get());
    return true;
  }
}
