package snel.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import snel.compiler.Compiled;
import snel.compiler.OpenProgram;
import snel.compiler.Pipeline;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Nearest;

/// What commands on one experiment of a program have in common.
final class ExperimentOptions {
  @Mixin private ProgramOptions program = new ProgramOptions();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "EXPERIMENT",
      description = "the last one, if none is named")
  private String name = "";

  Console console() {
    return program.console();
  }

  /// Compiles the experiment; shows what there is to say of it and stops if it is wrong.
  Compiled compiled(Console console, Pipeline pipeline) {
    OpenProgram opened = program.openWhole(console).program();
    Diagnostics diagnostics = new Diagnostics();
    Optional<Compiled> compiled =
        opened.experiment(named(opened), program.options(), pipeline, diagnostics);
    console.show(diagnostics);
    return compiled.orElseThrow(WrongProgram::new);
  }

  /// The one of this name; without a name the last that no other starts from.
  private String named(OpenProgram program) {
    List<String> all = program.experiments();
    if (all.isEmpty()) {
      throw new Misuse("the program has no experiment");
    }
    if (name.isEmpty()) {
      return program.finalExperiments().isEmpty()
          ? all.getLast()
          : program.finalExperiments().getLast();
    }
    if (!all.contains(name)) {
      throw new Misuse("there is no experiment `" + name + "`" + Nearest.hint(name, all));
    }
    return name;
  }
}
