package snel.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import snel.compiler.Compiled;
import snel.compiler.Pipeline;
import snel.diagnostics.Code;
import snel.diagnostics.Nearest;
import snel.ir.protocol.ProtocolPrinter;
import snel.ir.text.ProgramPrinter;
import snel.runtime.record.RunFolder;
import snel.runtime.run.Left;
import snel.target.Refusal;
import snel.target.c.CRefusals;
import snel.target.c.CTarget;

/// `snel compile FILE [EXPERIMENT]`.
final class CompileCommand implements Command {
  private static final String PROTOCOL = "protocol";
  private static final String GRADIENT = "gradient";
  private static final List<String> BEYOND_PASSES = List.of(GRADIENT, PROTOCOL);

  private final Usage usage =
      new Usage(
          this,
          "Compiles an experiment for a target, or prints it as it is after a pass.",
          "Target c: a stand-alone C11 program that runs it, with a Makefile and its data.");
  private final ExperimentOptions experiment = new ExperimentOptions(usage);
  private final Supplier<String> target = usage.option("--target", "TARGET", String.class, "", "c");
  private final Supplier<String> dump =
      usage.option(
          "--dump",
          "after=PASS",
          String.class,
          "",
          "prints the program after elaborate, decide, lower, name-locals, fold-constants,"
              + " hoist-sums, near-functions, remove-dead-state, conv-product, join-rows,"
              + " list-arrivals, keep-masks, keep-sums, pair-loops, sparse-arrivals,"
              + " single-synapses, fuse-loops,"
              + " split-frozen, flatten-rows, choose-targets,"
              + " draw-together, release-build-only, with the kernels of the gradient (after=gradient),"
              + " or the protocol");
  private final Supplier<Path> out =
      usage.option("--out", "DIR", Path.class, Path.of("build"), "the folder for the result");
  private final Supplier<Path> runs =
      usage.option(
          "--runs",
          "DIR",
          Path.class,
          Path.of("runs"),
          "the folder for results (runs) of experiments that the target cannot do:",
          "the program begins with what they left");

  @Override
  public Usage usage() {
    return usage;
  }

  @Override
  public Integer call() {
    Console console = experiment.console();
    String pass = pass();
    String wanted = target.get();
    if (!wanted.isEmpty() && !wanted.equals("c")) {
      throw new Misuse(Code.UNKNOWN_TARGET, "there is no target `" + wanted + "`; there is c");
    }
    ExperimentOptions.Chosen chosen =
        experiment.chosen(
            console, new Pipeline(new Dump(pass, console), Pipeline.Verify.AFTER_EACH_PASS));
    Compiled compiled = chosen.compiled();
    if (pass.equals(PROTOCOL)) {
      console.out().print(ProtocolPrinter.printExperiment(compiled.experiment()));
    } else if (pass.equals(GRADIENT)) {
      console.out().print(ProgramPrinter.print(compiled.program()));
    }
    if (!wanted.isEmpty()) {
      Path folder = out.get().resolve(compiled.experiment().name() + "-c");
      translate(chosen, folder, console);
      String program = CTarget.binary(compiled.experiment().name());
      console
          .out()
          .println(
              "wrote %s; now: make -C %s && %s"
                  .formatted(
                      folder,
                      ShellWords.quoted(folder.toString()),
                      ShellWords.quoted(folder.resolve(program).toString())));
    } else if (pass.isEmpty()) {
      console
          .out()
          .println(
              compiled.experiment().name() + " compiles; name a --target, or --dump after=PASS");
    }
    return Exit.DONE.code();
  }

  /// Experiments up to the last one that C cannot do are run here, or their results taken as they
  /// are stored; the C program begins with what they left.
  private void translate(ExperimentOptions.Chosen chosen, Path folder, Console console) {
    List<Compiled> chain = experiment.chain(chosen);
    List<Refusal> refusals = CRefusals.of(chain.getLast().experiment());
    if (!refusals.isEmpty()) {
      throw Translation.refused(refusals, chosen.opened(), console);
    }
    int own = chain.size();
    while (own > 0 && refusals.isEmpty()) {
      own--;
      refusals = own == 0 ? List.of() : CRefusals.of(chain.get(own - 1).experiment());
    }
    Optional<Translation.Began> began =
        refusals.isEmpty()
            ? Optional.empty()
            : Optional.of(began(chosen, chain.get(own - 1), refusals.getFirst(), console));
    Translation.write(began, chain.subList(own, chain.size()), chosen.opened(), folder);
  }

  private Translation.Began began(
      ExperimentOptions.Chosen chosen, Compiled before, Refusal refusal, Console console) {
    String name = before.experiment().name();
    RunOptions run =
        new RunOptions(
            runs.get(), false, true, 60_000, OptionalInt.empty(), List.of("snel", "compile"));
    StopSignal stop = StopSignal.listen();
    try {
      FinishedRun done = experiment.run(chosen, name, run, console, stop).whole();
      console.say(
          "a C program %s (%s:%d): it begins with what `%s` left, %s"
              .formatted(
                  refusal.what(),
                  refusal.place().file(),
                  refusal.place().line(),
                  name,
                  done.folder()));
      return new Translation.Began(
          Left.read(RunFolder.stateIn(done.folder()), done.origin()), done.folder());
    } finally {
      stop.finished();
    }
  }

  private String pass() {
    String given = dump.get();
    String pass = given.startsWith("after=") ? given.substring("after=".length()) : given;
    List<String> known = Pipeline.NAMES;
    if (!pass.isEmpty() && !BEYOND_PASSES.contains(pass) && !known.contains(pass)) {
      throw new Misuse(
          "there is no pass `"
              + pass
              + "`"
              + Nearest.hint(pass, known)
              + "; there are "
              + String.join(", ", known)
              + ", "
              + GRADIENT
              + " and "
              + PROTOCOL);
    }
    return pass;
  }

  /// Prints the text after one pass.
  private record Dump(String wanted, Console console) implements Pipeline.Observer {
    @Override
    public void after(String pass, Supplier<String> text) {
      if (pass.equals(wanted)) {
        console.out().print(text.get());
      }
    }
  }
}
