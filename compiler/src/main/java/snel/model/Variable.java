package snel.model;

import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Precision;
import snel.source.Span;

/// A parameter, state, input or weight of a model.
///
/// @param initial value at the start, or the default; a random draw means one value an element
/// @param unit the unit the author wrote (`mV`), for display; empty for plain numbers
/// @param factor stored value = shown value times factor
/// @param plastic held by `freeze`, kept by `reset`
/// @param shared one for the whole population or projection
public record Variable(
    String name,
    Kind kind,
    Expr initial,
    Bounds bounds,
    boolean plastic,
    boolean shared,
    String unit,
    double factor,
    Span span) {
  private static final String DRAWN = "#drawn";

  /// The name of the variable that keeps a draw of what the input `name` follows.
  public static String drawnFor(String name, int number) {
    return name + DRAWN + number;
  }

  /// The name of the declaration that its draws are numbered under.
  public String declaration() {
    int end = name.indexOf(DRAWN);
    return end < 0 ? name : name.substring(0, end);
  }

  /// The same as a state, which starts within its bounds and is clipped to them.
  public Variable clipped(Precision precision) {
    Bounds ends = bounds.closed(kind, precision);
    return new Variable(
        name, kind, Fold.clip(initial, ends), ends, plastic, shared, unit, factor, span);
  }
}
