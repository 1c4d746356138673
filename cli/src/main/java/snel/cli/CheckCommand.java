package snel.cli;

import snel.compiler.Compiler;
import snel.diagnostics.Diagnostics;
import snel.source.SourceFile;

/// `snel check FILE`.
final class CheckCommand implements Command {
  private final Usage usage =
      new Usage(this, "Tells everything that is wrong with a program, without running it.");
  private final ProgramOptions program = new ProgramOptions(usage);

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    Console console = program.console();
    SourceFile source = ProgramFile.read(program.file());
    ProgramFiles files = new ProgramFiles(DiskLoader.of(ProgramFile.folder(program.file())));
    Diagnostics diagnostics = new Diagnostics();
    Compiler.check(source, files.loader(), files, program.options(), diagnostics);
    console.show(diagnostics);
    return diagnostics.hasErrors() ? Exit.WRONG.code() : Exit.DONE.code();
  }
}
