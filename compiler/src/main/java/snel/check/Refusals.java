package snel.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
/// gradients, E0605 networks of other systems, E0606 deployments.
///
/// An experiment that trains is refused when it is to be run, so that others of its program can be;
/// a program is refused for it only where none is left that could run.
public final class Refusals {
  /// The methods that there are.
  private static final Set<String> METHODS =
      Set.of("bptt", "eprop", "eventprop", "spike_time_gradient");

  private record Wish(Code code, String what, Span span) {}

  private Refusals() {}

  /// @param files the main file first
  static void check(Context context, Collection<FileScope> files) {
    boolean main = true;
    for (FileScope file : files) {
      Optional<Diagnostic> refusal = refusal(wishes(file, main && !anyRuns(file)));
      main = false;
      if (refusal.isPresent()) {
        context.report(refusal.get());
        return;
      }
    }
  }

  /// `load nir(…)`.
  static boolean isConversion(Expression what) {
    return what instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        && name.text().equals("nir");
  }

  /// Why an experiment cannot be run: it trains by a method that is not there.
  public static Optional<Diagnostic> training(Declaration.Experiment experiment) {
    var wishes = new ArrayList<Wish>();
    body(experiment.body(), wishes);
    wishes.removeIf(wish -> wish.code() != Code.TRAINING_UNAVAILABLE);
    return refusal(wishes);
  }

  /// Whether some experiment neither trains nor starts from one that does; a file without
  /// experiments has nothing to refuse.
  private static boolean anyRuns(FileScope file) {
    List<Declaration.Experiment> experiments =
        file.file().declarations().stream()
            .filter(declaration -> declaration instanceof Declaration.Experiment)
            .map(declaration -> (Declaration.Experiment) declaration)
            .toList();
    return experiments.isEmpty()
        || experiments.stream().anyMatch(e -> runs(e, file, new LinkedHashSet<>()));
  }

  private static boolean runs(
      Declaration.Experiment experiment, FileScope file, Set<Declaration.Experiment> before) {
    if (!before.add(experiment)) {
      return true;
    }
    return !trains(experiment)
        && FromChains.of(experiment.from(), file)
            .map(base -> runs((Declaration.Experiment) base.declaration(), base.scope(), before))
            .orElse(true);
  }

  private static boolean trainsOtherwise(Statement statement) {
    return statement instanceof TrainingStatement.Train train
        && !METHODS.contains(train.method().name().text());
  }

  private static boolean trains(Declaration.Experiment experiment) {
    var found = new ArrayList<Statement>();
    Inside.statements(experiment.body(), found::add);
    boolean minimises = found.stream().anyMatch(s -> s instanceof TrainingStatement.Minimise);
    boolean says = found.stream().anyMatch(s -> s instanceof TrainingStatement.Train);
    return minimises && !says || found.stream().anyMatch(Refusals::trainsOtherwise);
  }

  /// @param whole whether experiments that train count
  private static List<Wish> wishes(FileScope file, boolean whole) {
    var wishes = new ArrayList<Wish>();
    for (Declaration declaration : file.file().declarations()) {
      switch (declaration) {
        case Declaration.Deployment deployment ->
            wishes.add(
                new Wish(
                    Code.DEPLOYMENT_UNAVAILABLE,
                    "makes no deployments: `" + deployment.name().text() + "`",
                    deployment.name().span()));
        case Declaration.Experiment experiment -> {
          var own = new ArrayList<Wish>();
          body(experiment.body(), own);
          own.removeIf(wish -> !whole && wish.code() == Code.TRAINING_UNAVAILABLE);
          wishes.addAll(own);
        }
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
      case TrainingStatement.Train train when trainsOtherwise(train) -> wishes.add(wish(train));
      case StateStatement.Load(var what, var span) when isConversion(what) ->
          wishes.add(
              new Wish(
                  Code.CONVERSION_UNAVAILABLE,
                  "reads no networks of other systems: `load " + called(what) + "`",
                  span));
      default -> {}
    }
  }

  private static Wish wish(TrainingStatement.Train train) {
    return new Wish(
        Code.TRAINING_UNAVAILABLE,
        "does not train by `" + train.method().name().text() + "`",
        train.method().name().span());
  }

  private static String called(Expression what) {
    return what instanceof Expression.Call(Expression.Variable(var name, _), _, _)
        ? name.text()
        : Wording.text(what.span());
  }

  private static Optional<Diagnostic> refusal(List<Wish> wishes) {
    return wishes.isEmpty() ? Optional.empty() : Optional.of(refusal(wishes.getFirst()));
  }

  private static Diagnostic refusal(Wish wish) {
    var diagnostic =
        Diagnostic.of(
            wish.code(), "this version of Snel " + wish.what(), wish.span(), "not available");
    return switch (wish.code()) {
      case TRAINING_UNAVAILABLE ->
          diagnostic
              .note(
                  "it trains by `bptt`, `eprop`, `eventprop` and `spike_time_gradient`, and every"
                      + " rule that is written in a synapse works")
              .help(
                  "write `train by bptt(surrogate: fast_sigmoid(slope: 25)) with adam(1e-3)`, for"
                      + " example");
      case CONVERSION_UNAVAILABLE ->
          diagnostic.help(
              "it reads weights: `load onnx(…)`, `npz`, `hdf5`, `safetensors`, or `weight"
                  + " npy(\"w1.npy\")`");
      default ->
          diagnostic.help(
              "the network can be written as a C program: `snel compile --target c FILE`");
    };
  }
}
