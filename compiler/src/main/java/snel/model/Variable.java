package snel.model;

import java.util.regex.Pattern;
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
  private static final Pattern PART = Pattern.compile("(" + DRAWN + "|\\[).*");

  /// The name of the variable that keeps a draw of what the input `name` follows.
  public static String drawnFor(String name, int number) {
    return name + DRAWN + number;
  }

  /// The name of the variable that keeps an element of the list `name`, which is drawn.
  public static String element(String name, int place) {
    return name + "[" + place + "]";
  }

  /// The name of the declaration that its draws are numbered under.
  public String declaration() {
    return declaration(name);
  }

  /// The name of the declaration that the draws of the variable `name` are numbered under.
  public static String declaration(String name) {
    return PART.matcher(name).replaceFirst("");
  }

  /// The same with another name.
  public Variable named(String other) {
    return new Variable(other, kind, initial, bounds, plastic, shared, unit, factor, span);
  }

  /// The same as a state, which starts within its bounds and is clipped to them.
  public Variable clipped(Precision precision) {
    Bounds ends = bounds.closed(kind, precision);
    return new Variable(
        name, kind, Fold.clip(initial, ends), ends, plastic, shared, unit, factor, span);
  }
}
