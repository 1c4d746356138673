package snel.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import snel.compiler.Compiled;
import snel.compiler.Compiler;
import snel.compiler.OpenProgram;
import snel.compiler.Options;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.lower.Resources;
import snel.runtime.kernel.Network;
import snel.source.SourceFile;
import snel.target.jvm.JvmTarget;

/// A network to be measured: an experiment of a program, compiled as the command compiles it.
final class Subject {
  /// So many that loops are done in vectors from the beginning.
  private static final long MANY_STEPS = 1L << 40;

  private final Compiled compiled;

  private Subject(Compiled compiled) {
    this.compiled = compiled;
  }

  /// The only experiment, or the first, of a program that imports nothing but the library.
  static Subject of(String text, Map<String, String> settings) {
    return open(new FolderLoader(Path.of("")), new SourceFile("bench.snn", text), "", settings);
  }

  /// An experiment of a file in `folder`.
  static Subject of(Path folder, String file, String experiment) {
    FolderLoader loader = new FolderLoader(folder);
    return open(loader, loader.read(file), experiment, Map.of());
  }

  private static Subject open(
      FolderLoader loader, SourceFile source, String experiment, Map<String, String> settings) {
    Diagnostics diagnostics = new Diagnostics();
    OpenProgram program = Compiler.open(source, loader, loader, diagnostics);
    String name = experiment.isEmpty() ? program.experiments().getFirst() : experiment;
    return program
        .experiment(name, new Options(settings, OptionalInt.empty()), diagnostics)
        .map(Subject::new)
        .orElseThrow(() -> new IllegalArgumentException(said(diagnostics)));
  }

  private static String said(Diagnostics diagnostics) {
    return diagnostics.sorted().stream()
        .map(found -> found.code() + " " + found.message())
        .collect(Collectors.joining("\n"));
  }

  /// The program with the rows of its projections kept in this way where that is possible.
  Program program(Resources.Rows rows) {
    return new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_LAST_PASS)
        .run(
            compiled.network(),
            compiled.needs(),
            new Resources(OptionalLong.empty(), rows),
            Set.of());
  }

  Network build(Resources.Rows rows) {
    return build(program(rows));
  }

  static Network build(Program program) {
    return new JvmTarget().build(program, MANY_STEPS);
  }
}
