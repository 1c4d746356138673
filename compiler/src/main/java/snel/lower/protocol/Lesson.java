package snel.lower.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.ir.Paths;
import snel.ir.Training;
import snel.ir.protocol.Action;
import snel.source.Span;
import snel.syntax.Expression;

/// What the statements of one experiment say about training, put together bit by bit.
public final class Lesson {
  private record Doubt(Span span, String what, String help) {}

  private final List<Doubt> doubts = new ArrayList<>();
  private final List<Doubt> hindrances = new ArrayList<>();
  private final Set<Integer> batches = new LinkedHashSet<>();
  private final List<String> held = new ArrayList<>();
  private final List<Training.Limit> limits = new ArrayList<>();
  private final Map<String, Expression> called = new HashMap<>();
  private final List<Training.Part> parts = new ArrayList<>();
  private final Map<Action, Span> written = new HashMap<>();
  private final Set<Span> clocked = new LinkedHashSet<>();
  private @Nullable Span trains;
  private @Nullable Span minimises;
  private Training.@Nullable Spikes spikes;
  private boolean throughReset = true;
  private String method = "bptt";
  private Training.Feedback feedback = Training.Feedback.OWN;
  private Training.@Nullable Optimiser optimiser;
  private int rows;
  private int truncate;
  private int checkpoint;
  private boolean varies;
  private boolean keepsBest;
  private OptionalInt kept = OptionalInt.empty();
  private OptionalInt keptIn = OptionalInt.empty();

  /// A `let` may stand in the loss.
  void call(String name, Expression value) {
    called.put(name, value);
  }

  /// What is written, or what the name stands for that is written.
  Expression open(Expression expression) {
    Expression inner = expression.ungrouped();
    return inner instanceof Expression.Variable(var name, _) && called.containsKey(name.text())
        ? open(called.getOrDefault(name.text(), inner))
        : inner;
  }

  /// This version cannot do something that is asked.
  void doubt(Span span, String what) {
    doubt(span, what, "");
  }

  /// The same with what to do instead.
  void doubt(Span span, String what, String help) {
    add(doubts, new Doubt(span, what, help));
  }

  /// Something in the network has no derivative.
  void hindrance(Span span, String what) {
    hindrance(span, what, "");
  }

  /// The same with what to do about it.
  void hindrance(Span span, String what, String help) {
    add(hindrances, new Doubt(span, what, help));
  }

  private static void add(List<Doubt> all, Doubt doubt) {
    if (!all.contains(doubt)) {
      all.add(doubt);
    }
  }

  boolean isTraining() {
    return trains != null;
  }

  /// Where the experiment says that it trains.
  public Optional<Span> trains() {
    return Optional.ofNullable(trains);
  }

  void train(Span span, Training.Spikes way, boolean reset, Training.Optimiser how) {
    if (trains != null) {
      doubt(span, "a second `train by`");
    }
    trains = span;
    spikes = way;
    throughReset = reset;
    optimiser = how;
  }

  /// The method is not `bptt`.
  void method(String name) {
    method = name;
  }

  void feedback(Training.Feedback by) {
    feedback = by;
  }

  boolean byTimes() {
    return spikes instanceof Training.Spikes.Times;
  }

  /// Whether what a spike sets in its own neuron moves with it.
  boolean movesResets() {
    return spikes instanceof Training.Spikes.Times(_, _, _, boolean resets) && resets;
  }

  /// Derivatives stay within pieces of so many steps.
  void truncate(int steps) {
    truncate = steps;
  }

  /// Of a piece that derivatives stay within, in steps; 0 for no end.
  int truncated() {
    return truncate;
  }

  /// Only what every so many steps begin with is kept.
  void checkpoint(int steps) {
    checkpoint = steps;
  }

  boolean minimises() {
    return minimises != null;
  }

  /// @param inputsVary whether inputs change while a sample is presented
  void minimise(Span span, List<Training.Part> loss, int steps, boolean inputsVary) {
    minimises = span;
    parts.addAll(loss);
    rows = steps;
    varies = inputsVary;
  }

  private Training.Segments segments() {
    return checkpoint > 0 && checkpoint < rows
        ? new Training.Segments(checkpoint, varies)
        : Training.Segments.NONE;
  }

  void batch(int loop) {
    batches.add(loop);
  }

  boolean isBatch(int loop) {
    return batches.contains(loop);
  }

  void hold(List<String> paths) {
    held.addAll(paths);
  }

  /// Whether something does not learn.
  boolean holds(String path) {
    return Paths.isUnder(path, held);
  }

  /// Where an action is written.
  ///
  /// @param byClock whether it is done when a sample may be on its way (`every`, `after`)
  void wrote(Action action, Span span, boolean byClock) {
    written.put(action, span);
    if (byClock && changes(action)) {
      clocked.add(span);
    }
  }

  Optional<Span> written(Action action) {
    return Optional.ofNullable(written.get(action));
  }

  boolean isByClock(Action action) {
    return written(action).filter(clocked::contains).isPresent();
  }

  /// Whether an action puts other values into the network.
  static boolean changes(Action action) {
    return switch (action) {
      case Action.Assign _,
          Action.AssignSynapses _,
          Action.Reset _,
          Action.Load _,
          Action.Convert _ ->
          true;
      default -> false;
    };
  }

  /// What learns at a path stays between bounds.
  void limit(Training.Limit limit) {
    if (!limits.contains(limit)) {
      limits.add(limit);
    }
  }

  /// @param seen slot that says whether something was kept
  /// @param loop at whose end it comes back; empty for the end of the experiment
  void keepBest(int seen, OptionalInt loop) {
    keepsBest = true;
    kept = OptionalInt.of(seen);
    keptIn = loop;
  }

  OptionalInt keptIn() {
    return keptIn;
  }

  boolean keepsBest() {
    return keepsBest;
  }

  OptionalInt kept() {
    return kept;
  }

  Optional<Training> training() {
    Training.Optimiser how = optimiser;
    Training.Spikes way = spikes;
    return how == null || way == null || minimises == null
        ? Optional.empty()
        : Optional.of(
            new Training(
                way, throughReset, rows, truncate, segments(), parts, how, held, limits, feedback));
  }

  /// One diagnostic for what this version cannot do, one for what hinders in the network.
  void report(Diagnostics diagnostics) {
    if (trains != null && minimises != null) {
      clocked.forEach(span ->
          doubt(
              span,
              "values that a clock puts into the network, perhaps while a sample is presented: what"
                  + " goes back does not know of them",
              "change values before the presentation, or behind `minimise`"));
    }
    report(
        doubts,
        Code.TRAINING_UNAVAILABLE,
        "this version of Snel cannot train so",
        "not available",
        diagnostics);
    Span by = trains;
    if (by != null && !hindrances.isEmpty()) {
      Diagnostic diagnostic =
          Diagnostic.of(
              Code.CANNOT_TRAIN,
              method + " cannot train this network" + count(hindrances.size()),
              by,
              "asked for here");
      for (Doubt hindrance : hindrances) {
        diagnostic = diagnostic.label(hindrance.span, hindrance.what);
      }
      diagnostics.report(helped(diagnostic, hindrances));
    }
  }

  private static void report(
      List<Doubt> doubts, Code code, String message, String label, Diagnostics diagnostics) {
    if (doubts.isEmpty()) {
      return;
    }
    Diagnostic diagnostic =
        Diagnostic.of(
            code,
            message + count(doubts.size()) + ": " + doubts.getFirst().what,
            doubts.getFirst().span,
            label);
    for (Doubt more : doubts.subList(1, doubts.size())) {
      diagnostic = diagnostic.label(more.span, more.what);
    }
    diagnostics.report(helped(diagnostic, doubts));
  }

  private static Diagnostic helped(Diagnostic diagnostic, List<Doubt> doubts) {
    Diagnostic helped = diagnostic;
    for (String help : doubts.stream().map(Doubt::help).distinct().toList()) {
      helped = help.isEmpty() ? helped : helped.help(help);
    }
    return helped;
  }

  private static String count(int reasons) {
    return reasons == 1 ? "" : ", for " + reasons + " reasons";
  }
}
