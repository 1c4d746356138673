package snel.compiler;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.diagnostics.Severity;
import snel.elaborate.Context;
import snel.elaborate.Env;
import snel.elaborate.NetworkElaborator;
import snel.elaborate.Settings;
import snel.resolve.Entity;
import snel.source.Span;
import snel.syntax.Declaration;

/// Where all that the text shows to be wrong are dimensions and units, sizes and numbers of
/// partners are known all the same: what is wrong with them is told in the same pass.
final class SizesBesideFaults {
  private static final Set<Code> OF_AMOUNTS =
      Set.of(
          Code.UNKNOWN_UNIT,
          Code.UNLIKE_OPERANDS,
          Code.UNLIKE_ASSIGNMENT,
          Code.UNLIKE_EQUATION,
          Code.UNLIKE_COMPARISON,
          Code.PLAIN_NUMBER_WANTED,
          Code.UNLIKE_PORT,
          Code.UNKNOWN_NAME,
          Code.UNKNOWN_MEMBER,
          Code.UNKNOWN_PORT,
          Code.UNKNOWN_ARGUMENT);

  private static final Set<Code> OF_SIZES =
      Set.of(
          Code.UNEQUAL_SIZES,
          Code.TOO_MANY_PARTNERS,
          Code.INDEX_OUT_OF_RANGE,
          Code.BAD_PROBABILITY,
          Code.CONVOLUTION_SHAPE);

  private SizesBesideFaults() {}

  static void report(OpenProgram program, Diagnostics diagnostics) {
    boolean ofAmounts =
        diagnostics.sorted().stream()
            .filter(told -> told.severity() == Severity.ERROR)
            .allMatch(told -> OF_AMOUNTS.contains(told.code()));
    if (!ofAmounts) {
      return;
    }
    var found = new Diagnostics();
    for (Declaration.Experiment experiment : program.experimentDeclarations().values()) {
      network(program, experiment, found);
    }
    diagnostics.reportAll(
        found.sorted().stream()
            .filter(each -> OF_SIZES.contains(each.code()))
            .filter(each -> diagnostics.sorted().stream().noneMatch(told -> meet(each, told)))
            .toList());
  }

  private static void network(
      OpenProgram program, Declaration.Experiment experiment, Diagnostics found) {
    var settings = new Settings(0, snel.model.Network.Numerics.F32, Map.of(), Set.of());
    var context =
        new Context(Compiler.USUAL_STEP, found, program.files(), new SeededDraws(settings.seed()));
    Optional<Entity.Declared> network =
        program.network(experiment.network().model(), new Diagnostics());
    network.ifPresent(declared ->
        new NetworkElaborator(context, settings)
            .elaborate(declared, experiment.network().arguments(), Env.of(program.scope())));
  }

  /// Whether one cause may have given both.
  private static boolean meet(Diagnostic one, Diagnostic other) {
    Span a = one.primary().span();
    Span b = other.primary().span();
    return other.severity() == Severity.ERROR
        && a.file().equals(b.file())
        && a.start() < b.end()
        && b.start() < a.end();
  }
}
