package snel.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

/// An experiment says its step, and its seed if anything draws random numbers, unless they are set
/// from outside; one that starts from another takes both over. E0304, E0305.
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
          String name = experiment.name().text();
          said(
              context,
              word -> says(experiment.body(), word) || context.given().contains(name + "." + word),
              "`" + name + "`",
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
          said(context, word -> says(test.body(), word), "the test", test.title().span(), random);
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

  /// @param says whether `step` or `seed` is said
  private static void said(
      Context context, Predicate<String> says, String name, Span at, Optional<Span> random) {
    if (!says.test("step")) {
      context.report(
          Diagnostic.of(Code.STEP_MISSING, name + " has no step", at, "no `step` in its body")
              .help("write `step 0.1 ms`, for example"));
    }
    if (random.isPresent() && !says.test("seed")) {
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

  /// Whether `body` has the statement `word`, or `step = 0.1 ms` or `dt = 0.1 ms`, which are
  /// refused where they stand.
  private static boolean says(List<? extends TestItem> body, String word) {
    return body.stream()
        .anyMatch(item ->
            switch (item) {
              case Statement.Step _ -> word.equals("step");
              case Statement.Seed _ -> word.equals("seed");
              case Assign(Expression.Variable(var name, _), _, _, _) ->
                  name.text().equals(word) || name.text().equals("dt") && word.equals("step");
              default -> false;
            });
  }
}
