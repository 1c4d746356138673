package snel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import snel.diagnostics.Diagnostics;
import snel.format.Formatter;
import snel.runtime.file.DurableFile;
import snel.source.SourceFile;

/// `snel fmt FILE…`.
@Command(
    description = "Formats programs; comments stay, and what has syntax errors stays as it is.",
    mixinStandardHelpOptions = true)
final class FmtCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "programs or folders")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--check",
      description = "changes nothing; exits with 1 if a file is not formatted")
  private boolean check;

  @Option(names = "--stdout", description = "prints the formatted text instead of writing it")
  private boolean print;

  @Override
  public Integer call() {
    Console console = Console.of(false);
    boolean wrong = false;
    for (Path file : ProgramFile.programs(paths)) {
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
    if (print) {
      console.out().print(formatted.get());
      return true;
    }
    if (formatted.get().equals(source.text())) {
      return true;
    }
    if (check) {
      console.out().println(file + " is not formatted");
      return false;
    }
    DurableFile.writeText(file, formatted.get());
    return true;
  }
}
