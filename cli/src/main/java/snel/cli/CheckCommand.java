package snel.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import snel.compiler.Compiler;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;

/// `snel check FILE`.
@Command(
    description = "Tells everything that is wrong with a program, without running it.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private ProgramOptions program = new ProgramOptions();

  @Override
  public Integer call() {
    Console console = program.console();
    SourceFile source = ProgramFile.read(program.file());
    ProgramFiles files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(program.file())));
    Diagnostics diagnostics = new Diagnostics();
    Compiler.check(source, files.loader(), files, diagnostics);
    console.show(diagnostics);
    return diagnostics.hasErrors() ? Exit.WRONG.code() : Exit.DONE.code();
  }
}
