package snel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import snel.compiler.Compiled;
import snel.compiler.OpenProgram;
import snel.compiler.Pipeline;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Prose;

/// What commands on one experiment of a program have in common.
final class ExperimentOptions {
  private final ProgramOptions program;
  private final Supplier<Optional<String>> name;

  ExperimentOptions(Usage usage) {
    program = new ProgramOptions(usage);
    name = usage.parameter(1, "0..1", "EXPERIMENT", String.class, "the last one, if none is named");
  }

  Console console() {
    return program.console();
  }

  /// An experiment, compiled, the program it stands in, and what was told of it.
  record Chosen(ProgramOptions.Opened opened, Compiled compiled, Advice advice) {}

  /// Runs an experiment of the program, and before it those that it starts from.
  FinishedRun run(Chosen chosen, String wanted, RunOptions how, Console console, StopSignal stop) {
    ProgramOptions.Opened opened = chosen.opened();
    String source = program.file().toString();
    return new Session(
            opened.program(), source, opened.files(), how, console, chosen.advice(), stop)
        .experiment(wanted, program.options());
  }

  /// Compiles the experiment; shows what there is to say of it and stops if it is wrong.
  Chosen chosen(Console console, Pipeline pipeline) {
    ProgramOptions.Opened opened = program.openWhole(console);
    String wanted = named(opened.program());
    Advice advice = new Advice(console);
    return new Chosen(opened, compiled(opened.program(), wanted, advice, pipeline), advice);
  }

  Compiled compiled(Console console, Pipeline pipeline) {
    return chosen(console, pipeline).compiled();
  }

  /// The experiments that it starts from, the first one first, and last itself.
  List<Compiled> chain(Chosen chosen) {
    List<Compiled> chain = new ArrayList<>();
    OpenProgram opened = chosen.opened().program();
    List<String> names = opened.chain(chosen.compiled().experiment().name());
    for (String name : names.subList(0, names.size() - 1)) {
      chain.add(
          compiled(
              opened,
              name,
              chosen.advice(),
              new Pipeline(Pipeline.Observer.NONE, Pipeline.Verify.AFTER_EACH_PASS)));
    }
    chain.add(chosen.compiled());
    return chain;
  }

  private Compiled compiled(OpenProgram opened, String wanted, Advice advice, Pipeline pipeline) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<Compiled> compiled =
        opened.experiment(wanted, program.options(), pipeline, diagnostics);
    advice.show(diagnostics);
    return compiled.orElseThrow(WrongProgram::new);
  }

  /// The one of this name; without a name the last that no other starts from.
  private String named(OpenProgram program) {
    List<String> all = program.experiments();
    if (all.isEmpty()) {
      throw new Misuse("the program has no experiment");
    }
    Optional<String> given = this.name.get();
    if (given.isEmpty()) {
      return program.finalExperiments().isEmpty()
          ? all.getLast()
          : program.finalExperiments().getLast();
    }
    String name = given.get();
    if (program.sweeps().contains(name)) {
      throw new Misuse(
          Code.UNKNOWN_EXPERIMENT,
          "`%s` is a sweep; it runs %s: name an experiment"
              .formatted(name, Prose.codes(program.runBy(name))));
    }
    if (!all.contains(name)) {
      throw Misuse.noExperiment(name, all);
    }
    return name;
  }
}
