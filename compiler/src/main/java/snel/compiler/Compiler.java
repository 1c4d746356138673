package snel.compiler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.check.Checker;
import snel.diagnostics.Diagnostics;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.lower.protocol.ExperimentLowering;
import snel.model.Network;
import snel.resolve.Entity;
import snel.resolve.FileScope;
import snel.resolve.Library;
import snel.resolve.Loader;
import snel.source.SourceFile;
import snel.syntax.Binding;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;
import snel.units.Rational;

/// The compiler's front door. It reads no files: what a program imports comes from a [Loader], the
/// tables that its networks are made of from [Context.Files].
public final class Compiler {
  /// The step with which networks are elaborated that no experiment uses.
  static final Rational USUAL_STEP = Rational.of(1, 10);

  private Compiler() {}

  /// Reads a program and all it imports, and reports everything that its text alone shows to be
  /// wrong; what could be read is there all the same.
  public static OpenProgram open(
      SourceFile main, Loader loader, Context.Files files, Diagnostics diagnostics) {
    return open(main, loader, files, Options.NONE, diagnostics);
  }

  /// The same where `options` may say what the text leaves out.
  public static OpenProgram open(
      SourceFile main,
      Loader loader,
      Context.Files files,
      Options options,
      Diagnostics diagnostics) {
    FileScope scope = Library.read(main, loader, diagnostics);
    Checker.check(scope, OpenSettings.given(scope, options), diagnostics);
    return new OpenProgram(scope, loader, files);
  }

  /// Reads a program and reports everything that is wrong with it, also what only its sizes and
  /// values show, without building or running.
  public static OpenProgram check(
      SourceFile main, Loader loader, Context.Files files, Diagnostics diagnostics) {
    return check(main, loader, files, Options.NONE, diagnostics);
  }

  /// The same of the program as `options` set it.
  public static OpenProgram check(
      SourceFile main,
      Loader loader,
      Context.Files files,
      Options options,
      Diagnostics diagnostics) {
    OpenProgram program = open(main, loader, files, options, diagnostics);
    if (!diagnostics.hasErrors()) {
      program.check(options, diagnostics);
    }
    if (diagnostics.hasErrors()) {
      SizesBesideFaults.report(program, diagnostics);
      return program;
    }
    for (String experiment : program.experiments()) {
      program.check(experiment, options, diagnostics);
    }
    boolean sound = !diagnostics.hasErrors();
    for (String sweep : sound ? program.sweeps() : List.<String>of()) {
      program.checkSweep(sweep, options, diagnostics);
    }
    unused(program, diagnostics);
    return program;
  }

  /// Networks that no experiment runs are elaborated with their defaults, if they have them.
  private static void unused(OpenProgram program, Diagnostics diagnostics) {
    List<String> used =
        program.experimentDeclarations().values().stream()
            .map(experiment -> experiment.network().model().text())
            .toList();
    for (Declaration declaration : program.scope().file().declarations()) {
      if (declaration instanceof Declaration.Network network
          && !used.contains(network.name().text())
          && hasDefaults(network)) {
        Optional<Entity> entity = program.scope().find(network.name().text());
        if (entity.isPresent() && entity.get() instanceof Entity.Declared declared) {
          Settings settings = new Settings(0, Network.Numerics.F32, Map.of(), Set.of());
          Context context =
              new Context(
                  USUAL_STEP, diagnostics, program.files(), new SeededDraws(settings.seed()));
          Elaborated elaborated =
              new NetworkElaborator(context, settings)
                  .elaborate(declared, List.of(), Env.of(program.scope()));
          ExperimentLowering.lower(idle(network, declared.scope()), elaborated, context, settings);
        }
      }
    }
  }

  /// An experiment that does nothing: what is wrong with read-outs is told without any.
  private static ExperimentLowering.Source idle(Declaration.Network network, FileScope scope) {
    return new ExperimentLowering.Source(
        network.name().text(), Optional.empty(), List.of(), scope, network.name().span());
  }

  private static boolean hasDefaults(Declaration.Network network) {
    return network.items().stream()
        .filter(item -> item instanceof ModelItem.Parameters)
        .flatMap(item -> ((ModelItem.Parameters) item).bindings().stream())
        .map(Binding::value)
        .allMatch(value -> value != null);
  }
}
