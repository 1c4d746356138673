package snel.check;

import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Assign;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.Instance;
import snel.syntax.Statement;
import snel.syntax.TestItem;

/// An experiment says its step, and its seed if anything draws random numbers; one that starts from
/// another takes both over. E0304, E0305.
final class StepAndSeed {
  private StepAndSeed() {}

  static void check(Context context, FileScope file, Declaration declaration) {
    switch (declaration) {
      case Declaration.Experiment experiment -> {
        if (experiment.from() == null) {
          Optional<Span> random =
              new Randomness()
                  .of(experiment.network().model(), file)
                  .or(() -> new Randomness().of(experiment.body(), file));
          said(
              context,
              experiment.body(),
              "`" + experiment.name().text() + "`",
              experiment.name().span(),
              random);
        }
      }
      case Declaration.Test test -> {
        if (test.from() == null && test.body().stream().anyMatch(StepAndSeed::runs)) {
          Instance on = test.network();
          Optional<Span> random =
              (on == null ? Optional.<Span>empty() : new Randomness().of(on.model(), file))
                  .or(() -> new Randomness().of(test.body(), file));
          said(context, test.body(), "the test", test.title().span(), random);
        }
      }
      case Declaration.Neuron _, Declaration.Synapse _, Declaration.Network _ -> {}
      case Declaration.Data _, Declaration.Function _, Declaration.Sweep _ -> {}
      case Declaration.Deployment _, snel.syntax.Let _ -> {}
    }
  }

  private static boolean runs(TestItem item) {
    return switch (item) {
      case Statement.Run _, Statement.Present _, Statement.Rest _, Statement.Do _ -> true;
      case Statement statement -> Inside.nested(statement).stream().anyMatch(StepAndSeed::runs);
      default -> false;
    };
  }

  private static void said(
      Context context, List<? extends TestItem> body, String name, Span at, Optional<Span> random) {
    if (body.stream().noneMatch(item -> item instanceof Statement.Step || isGiven(item, "step"))) {
      context.report(
          Diagnostic.of(Code.STEP_MISSING, name + " has no step", at, "no `step` in its body")
              .help("write `step 0.1 ms`, for example"));
    }
    boolean seeded =
        body.stream().anyMatch(item -> item instanceof Statement.Seed || isGiven(item, "seed"));
    if (random.isPresent() && !seeded) {
      var diagnostic =
          Diagnostic.of(
              Code.SEED_MISSING,
              name + " draws random numbers and has no seed",
              at,
              "no `seed` in its body");
      context.report(
          Context.labelled(diagnostic, random.get(), "random numbers are drawn here")
              .help("write `seed 42`, for example"));
    }
  }

  /// `step = 0.1 ms`, which is refused where it stands.
  private static boolean isGiven(TestItem item, String word) {
    return item instanceof Assign(Expression.Variable(var name, _), _, _, _)
        && name.text().equals(word);
  }
}
