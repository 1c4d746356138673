package snel.math;

import java.util.Optional;

/// Optional lower and upper bounds.
///
/// @param closed whether the upper one belongs to it
public record Bounds(Optional<Expr> lower, Optional<Expr> upper, boolean closed) {
  public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

  public Bounds(Optional<Expr> lower, Optional<Expr> upper) {
    this(lower, upper, true);
  }

  /// Whether all of these values lie between those ends that are constants.
  public boolean contain(Interval values) {
    Interval range = constant();
    boolean isBelow =
        closed || upper.isEmpty() ? values.high() <= range.high() : values.high() < range.high();
    return range.low() <= values.low() && isBelow;
  }

  /// Between those ends that are constants.
  public Interval constant() {
    return new Interval(end(lower, Double.NEGATIVE_INFINITY), end(upper, Double.POSITIVE_INFINITY));
  }

  /// The same for what is clipped: an upper end that is left out gives way to the largest number of
  /// `kind` before it.
  public Bounds closed(Kind kind, Precision precision) {
    return closed
        ? this
        : new Bounds(lower, upper.map(end -> new NumberBefore(kind, precision).of(end)));
  }

  private static double end(Optional<Expr> end, double open) {
    return end.map(e -> e instanceof Expr.Num(var number) ? number.toDouble() : open).orElse(open);
  }

  public boolean isNone() {
    return lower.isEmpty() && upper.isEmpty();
  }
}
