package snel.elaborate;

import java.util.List;
import java.util.OptionalDouble;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Walk;
import snel.source.Span;

/// The value of a name that a run has once: a constant of a file, a parameter or `let` of a
/// network. What is drawn in it is drawn when the run is compiled, so that every use has the same
/// number.
final class DrawnOnce {
  private final Context context;
  private final String name;
  private final String path;
  private final String purpose;
  private final Span span;

  private DrawnOnce(Context context, String name, String path, String purpose, Span span) {
    this.context = context;
    this.name = name;
    this.path = path;
    this.purpose = purpose;
    this.span = span;
  }

  /// A constant `name` of a file.
  ///
  /// @param prefix the file among the imported ones
  static DrawnOnce constant(Context context, String prefix, String name, Span span) {
    return new DrawnOnce(context, name, prefix + name, "let", span);
  }

  /// What a network or part calls `name`.
  ///
  /// Asked for where the name is declared: turns of a loop are told apart by their order.
  static DrawnOnce ofNetwork(Context context, NetworkScope scope, String name, Span span) {
    String path = context.uniqueValue(scope.prefix() + name);
    return new DrawnOnce(context, name, path, "value", span);
  }

  /// Where a state of a network or part starts.
  static DrawnOnce start(Context context, NetworkScope scope, String state, Span span) {
    return new DrawnOnce(context, state, scope.prefix() + state, "init", span);
  }

  /// `value` with its draws drawn.
  Val of(Val value) {
    Val drawn = hasDraw(value) ? drawn(value) : value;
    if (!hasDraw(drawn)) {
      return drawn;
    }
    Diagnostic why = context.chance() == Chance.WITHOUT_SEED ? withoutSeed() : changing();
    context.diagnostics().reportOnce(List.of(why.code(), span), why);
    return Val.BAD;
  }

  private Val drawn(Val value) {
    return switch (value) {
      case Val.Num(var expr, var shape) -> new Val.Num(Walk.rebuild(expr, this::number), shape);
      case Val.Items(var items) -> new Val.Items(items.stream().map(this::drawn).toList());
      case Val.Tuple(var parts) -> new Val.Tuple(parts.stream().map(this::drawn).toList());
      case Val.Range(var low, var high, var closed) ->
          new Val.Range(drawn(low), drawn(high), closed);
      default -> value;
    };
  }

  private static boolean hasDraw(Val value) {
    return switch (value) {
      case Val.Num(var expr, _) -> Walk.hasDraw(expr);
      case Val.Items(var items) -> items.stream().anyMatch(DrawnOnce::hasDraw);
      case Val.Tuple(var parts) -> parts.stream().anyMatch(DrawnOnce::hasDraw);
      case Val.Range(var low, var high, _) -> hasDraw(low) || hasDraw(high);
      default -> false;
    };
  }

  /// A draw of what is not known stays.
  private Expr number(Expr part) {
    if (!(part instanceof Expr.Draw draw) || !isKnown(draw)) {
      return part;
    }
    OptionalDouble number =
        context.chance().draw(distribution(draw), new Chance.Place(path, purpose, draw.ordinal()));
    if (number.isEmpty()) {
      return part;
    }
    return draw.distribution().equals("bernoulli")
        ? new Expr.Truth(number.getAsDouble() != 0)
        : new Expr.Num(Exact.of(number.getAsDouble()));
  }

  private static boolean isKnown(Expr.Draw draw) {
    return Walk.children(draw).stream().allMatch(part -> part instanceof Expr.Num);
  }

  private static Chance.Distribution distribution(Expr.Draw draw) {
    return new Chance.Distribution(
        draw.distribution(),
        draw.parameters().stream().map(DrawnOnce::known).toList(),
        draw.redraw().lower().map(DrawnOnce::known).orElse(Double.NEGATIVE_INFINITY),
        draw.redraw().upper().map(DrawnOnce::known).orElse(Double.POSITIVE_INFINITY));
  }

  private static double known(Expr number) {
    return NarrowDraws.number(number).orElseThrow();
  }

  private Diagnostic changing() {
    return Diagnostic.of(
            Code.CHANGES_IN_TIME,
            "`" + name + "` is drawn once, but what it is drawn from is not known when compiled",
            span,
            "drawn from what differs or changes")
        .help(
            "draw where it is used: in a `weight` or `delay` there is a number for each synapse,"
                + " in a parameter of a neuron one for each neuron, in a handler one each time");
  }

  private Diagnostic withoutSeed() {
    return Diagnostic.of(
            Code.CHANGES_IN_TIME,
            "`" + name + "` is drawn, and nothing is drawn before the seed of a run is known",
            span,
            "each run draws it")
        .help("steps, seeds and the values of a sweep are written as numbers");
  }
}
