package snel.compiler;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.ir.Program;
import snel.ir.protocol.Action;
import snel.ir.protocol.Experiment;
import snel.lower.protocol.Header;
import snel.model.Network;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// What an experiment starts from, where it says something else of its own runs.
///
/// @param name of the experiment or test, which stands at `at`
/// @param from the experiment that it starts from, if there is one
/// @param own step, seed and numerics
/// @param base those of the experiment that it starts from
record Beginning(
    String name,
    Optional<String> from,
    List<? extends TestItem> body,
    Span at,
    Header own,
    Header base) {

  static Beginning of(Chain chain, Header own, Header base) {
    Declaration.Experiment last = chain.last();
    Optional<String> from =
        chain.links().size() == 1
            ? Optional.empty()
            : Optional.of(chain.links().get(chain.links().size() - 2).name().text());
    return new Beginning(last.name().text(), from, last.body(), last.name().span(), own, base);
  }

  boolean hasOtherStep() {
    return from.isPresent() && !base.step().equals(own.step());
  }

  /// Spikes on their way, refractory times and the like are counted in steps, so they end where the
  /// step changes.
  void checkStep(Experiment experiment, Diagnostics diagnostics) {
    if (!hasOtherStep() || startsByReset(experiment)) {
      return;
    }
    diagnostics.report(
        Diagnostic.of(
                Code.OTHER_BEGINNING,
                "`%s` goes on with the state that `%s` left, counted in steps of another length"
                    .formatted(name, from.get()),
                said(Statement.Step.class),
                "another step")
            .help(
                "write `reset all` before anything is done: weights and plastic states stay what they"
                    + " are"));
  }

  private static boolean startsByReset(Experiment experiment) {
    return experiment.body().stream()
        .filter(action -> !(action instanceof Action.Bounded || action instanceof Action.Record))
        .limit(1)
        .anyMatch(action ->
            action instanceof Action.Reset(boolean all, var but, _) && all && but.isEmpty());
  }

  /// A state has the numbers of the experiment that left it.
  void checkNumerics(Diagnostics diagnostics) {
    Network.Numerics there = base.numerics().orElse(Network.Numerics.F32);
    Network.Numerics here = own.numerics().orElse(Network.Numerics.F32);
    if (from.isEmpty() || here == there) {
      return;
    }
    diagnostics.report(
        Diagnostic.of(
                Code.OTHER_BEGINNING,
                "`%s` goes on with the state that `%s` left, which is in %s"
                    .formatted(name, from.get(), word(there)),
                said(Statement.Numerics.class),
                "this is " + word(here))
            .help("leave it out, or write it where they begin"));
  }

  /// A network that is drawn is that of the seed with which it was drawn.
  ///
  /// @param drew whether anything was drawn before the program was made
  void checkSeed(Program program, boolean drew, Diagnostics diagnostics) {
    int there = base.seed().orElse(0);
    int here = own.seed().orElse(0);
    if (from.isEmpty() || here == there || !(drew || BuildDraws.isDrawn(program))) {
      return;
    }
    diagnostics.report(
        Diagnostic.of(
                Code.OTHER_BEGINNING,
                "`%s` goes on with the network of `%s`, which was drawn with the seed %s"
                    .formatted(name, from.get(), Integer.toUnsignedString(there)),
                said(Statement.Seed.class),
                "this is " + Integer.toUnsignedString(here))
            .help("leave it out: the network would be another one"));
  }

  /// Where the experiment says it; its name if that was set from outside.
  private Span said(Class<? extends Statement> kind) {
    return body.stream()
        .filter(kind::isInstance)
        .map(item -> kind.cast(item).span())
        .reduce((_, last) -> last)
        .orElse(at);
  }

  private static String word(Network.Numerics numerics) {
    return numerics.name().toLowerCase(Locale.ROOT);
  }
}
