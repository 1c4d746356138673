package snel.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.resolve.Library;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.testing.Folder;

/// Programs in files, checked as the command does: beside them lies what they import, and the
/// library.
final class Programs {
  private static final Path STDLIB = Path.of("../stdlib/src/main/resources");

  private Programs() {}

  /// What is said of a program in a file of `folder`.
  static List<Diagnostic> check(Path folder, Path program) {
    return check(Folder.program(folder, program), folder);
  }

  /// What is said of a program that can import from the library alone.
  static List<Diagnostic> check(SourceFile program) {
    return check(program, STDLIB);
  }

  /// The library alone.
  static Loader standardLibrary() {
    return Folder.loader(STDLIB);
  }

  private static List<Diagnostic> check(SourceFile program, Path folder) {
    var diagnostics = new Diagnostics();
    var scope = Library.read(program, Folder.loader(folder, STDLIB), diagnostics);
    Checker.check(scope, Set.of(), diagnostics);
    return diagnostics.sorted();
  }
}
