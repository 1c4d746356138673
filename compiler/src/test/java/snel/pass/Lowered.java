package snel.pass;

import java.util.Objects;
import java.util.Optional;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.Options;
import snel.diagnostics.Diagnostics;
import snel.ir.Kernel;
import snel.ir.Program;
import snel.ir.text.ProgramPrinter;
import snel.lower.Lowering;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.testing.NoTables;

/// Programs as they are before the passes that make them faster, and the text of their kernels.
final class Lowered {
  private Lowered() {}

  /// Experiment `e` of a program that imports nothing, its constants folded.
  static Program of(String text) {
    var diagnostics = new Diagnostics();
    Optional<Compiled> compiled =
        Objects.requireNonNull(
                Compiler.open(
                    new SourceFile("test.snn", text), Loader.NONE, NoTables.NONE, diagnostics))
            .experiment("e", Options.NONE, diagnostics);
    Compiled one = compiled.orElseThrow(() -> new AssertionError(diagnostics.sorted()));
    Program program = Lowering.lower(one.network(), one.needs());
    return new FoldConstants().apply(new NameLocals().apply(program));
  }

  static String text(Program program, String name) {
    Kernel kernel =
        program.kernels().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
    String all = ProgramPrinter.print(program);
    int begin = all.indexOf("kernel \"" + kernel.name() + "\"");
    return all.substring(begin, all.indexOf("\n  }\n", begin));
  }
}
