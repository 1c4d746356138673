package snel.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.resolve.FileScope;
import snel.source.Span;
import snel.syntax.Declaration;
import snel.syntax.Expression;
import snel.syntax.StateStatement;
import snel.syntax.Statement;
import snel.syntax.TestItem;
import snel.syntax.TrainingStatement;

/// What this version lacks is refused once a program, whatever else asks for it. E0604 training by
/// gradients, E0605 networks of other systems, E0606 deployments, E0309 spike times off the grid.
final class Refusals {
  private record Wish(Code code, String what, Span span) {}

  private Refusals() {}

  /// @param files the main file first
  static void check(Context context, Collection<FileScope> files) {
    for (FileScope file : files) {
      Optional<Diagnostic> refusal = refusal(wishes(file));
      if (refusal.isPresent()) {
        context.report(refusal.get());
        return;
      }
    }
  }

  /// `load onnx(…)`.
  static boolean isConversion(Expression what) {
    return what instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && (name.text().equals("onnx") || name.text().equals("nir"));
  }

  private static List<Wish> wishes(FileScope file) {
    var wishes = new ArrayList<Wish>();
    for (Declaration declaration : file.file().declarations()) {
      switch (declaration) {
        case Declaration.Deployment deployment ->
            wishes.add(
                new Wish(
                    Code.DEPLOYMENT_UNAVAILABLE,
                    "makes no deployments: `" + deployment.name().text() + "`",
                    deployment.name().span()));
        case Declaration.Experiment experiment -> body(experiment.body(), wishes);
        case Declaration.Test test -> body(test.body(), wishes);
        case Declaration.Neuron _, Declaration.Synapse _, Declaration.Network _ -> {}
        case Declaration.Data _, Declaration.Function _, Declaration.Sweep _ -> {}
        case snel.syntax.Let _ -> {}
      }
    }
    return wishes;
  }

  private static void body(List<? extends TestItem> body, List<Wish> wishes) {
    Inside.statements(body, statement -> statement(statement, wishes));
  }

  private static void statement(Statement statement, List<Wish> wishes) {
    switch (statement) {
      case TrainingStatement.Train train ->
          wishes.add(
              new Wish(
                  Code.TRAINING_UNAVAILABLE,
                  "does not train by gradients: `train by " + train.method().name().text() + "`",
                  train.span()));
      case TrainingStatement.KeepBest keep ->
          wishes.add(new Wish(Code.TRAINING_UNAVAILABLE, "does not know `keep best`", keep.span()));
      case StateStatement.Load(var what, var span) when isConversion(what) ->
          wishes.add(
              new Wish(
                  Code.CONVERSION_UNAVAILABLE,
                  "reads no networks of other systems: `load " + called(what) + "`",
                  span));
      case Statement.PreciseSpikeTimes(var span) ->
          wishes.add(
              new Wish(
                  Code.PRECISE_TIMES_IMPOSSIBLE,
                  "finds spikes at the ends of steps alone: `spike times precise`",
                  span));
      default -> {}
    }
  }

  private static String called(Expression what) {
    return what instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        ? name.text()
        : Wording.text(what.span());
  }

  private static Optional<Diagnostic> refusal(List<Wish> wishes) {
    if (wishes.isEmpty()) {
      return Optional.empty();
    }
    Wish first = wishes.getFirst();
    var diagnostic =
        Diagnostic.of(
            first.code(), "this version of Snel " + first.what(), first.span(), "not available");
    return Optional.of(
        switch (first.code()) {
          case TRAINING_UNAVAILABLE ->
              diagnostic.note(
                  "the network can be run, and every learning rule that is written in a synapse"
                      + " works");
          case CONVERSION_UNAVAILABLE ->
              diagnostic.help("weights alone can be read: `weight npy(\"w1.npy\")`");
          case PRECISE_TIMES_IMPOSSIBLE -> diagnostic.help("leave it out and take a shorter step");
          default ->
              diagnostic.help(
                  "the network can be written as a C program: `snel compile --target c FILE`");
        });
  }
}
