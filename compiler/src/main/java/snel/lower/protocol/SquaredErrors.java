package snel.lower.protocol;

import java.util.Optional;
import java.util.stream.Stream;
import snel.ir.Training;
import snel.ir.protocol.Term;
import snel.source.Span;
import snel.syntax.BinaryOperator;
import snel.syntax.Expression;
import snel.syntax.UnaryOperator;

/// Squares in a loss: of a reading, or of the difference between a reading and its target.
final class SquaredErrors {
  private final Block block;
  private final Work work;
  private final LossReadings readings;
  private final LossParts parts;
  private final LossFaults faults;

  SquaredErrors(Block block, LossReadings readings, LossParts parts, LossFaults faults) {
    this.block = block;
    this.work = block.work();
    this.readings = readings;
    this.parts = parts;
    this.faults = faults;
  }

  /// The square of a reading or of a difference, also multiplied or divided by constants.
  ///
  /// @return whether it is one
  boolean read(Expression base, boolean mean, double factor, Span span) {
    Optional<LossReadings.Product> product = readings.product(base);
    if (product.isPresent()) {
      double by = product.get().factor();
      return read(product.get().inner(), mean, factor * by * by, span);
    }
    return switch (work.lesson().open(base)) {
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.MINUS ->
          squares(left, right, mean, factor, span);
      case Expression.Binary(BinaryOperator op, var left, var right, _)
          when op == BinaryOperator.PLUS ->
          squares(left, negated(right), mean, factor, span);
      default -> ofItself(base, mean, factor, span);
    };
  }

  private static Expression negated(Expression expression) {
    return new Expression.Unary(UnaryOperator.NEGATE, expression, expression.span());
  }

  private boolean ofItself(Expression base, boolean mean, double factor, Span span) {
    if (readings.isMeanRate(base)) {
      Optional<LossReadings.Scaled> rate = readings.meanRate(base);
      rate.ifPresent(
          read -> parts.add(new Training.Kind.MeanSquare(), read, factor, new Term.Number(0)));
      return rate.isPresent();
    }
    if (readings.isReading(base)) {
      readings
          .reading(base)
          .ifPresent(read ->
              parts.add(
                  new Training.Kind.Squares(mean, 1, false), read, factor, new Term.Number(0)));
      return true;
    }
    return isState(base);
  }

  /// A state by itself is of no moment of the sample.
  private boolean isState(Expression... sides) {
    Optional<Expression> state = Stream.of(sides).filter(readings::isState).findFirst();
    state.ifPresent(known -> readings.unknownReading(known.span()));
    return state.isPresent();
  }

  private boolean squares(
      Expression left, Expression right, boolean mean, double factor, Span span) {
    if (readings.isMeanRate(left) || readings.isMeanRate(right)) {
      return ofMeanRate(left, right, factor);
    }
    if (readings.isReading(left) && readings.isReading(right)) {
      between(left, right, mean, factor, span);
      return true;
    }
    boolean first = readings.isReading(left);
    Expression read = first ? left : right;
    if (!readings.isReading(read)) {
      return isState(left, right);
    }
    Optional<LossReadings.Scaled> reading = readings.reading(read);
    Optional<Term> target = readings.target(first ? right : left);
    if (reading.isEmpty() || target.isEmpty()) {
      return reading.isEmpty();
    }
    int size = reading.get().size();
    Optional<Integer> targets = Types.size(target.get());
    if (targets.filter(n -> n != size).isPresent()) {
      faults.otherTargets(read.span(), size, (first ? right : left).span(), targets.get());
      return true;
    }
    boolean single = !Types.isMany(target.get().type());
    var squares = new Training.Kind.Squares(mean, single ? 1 : size, false);
    parts.add(squares, reading.get(), factor, target.get());
    return true;
  }

  /// `(rate(h) / 10 Hz - 1)^2`: one number for all neurons, so its mean and its sum are itself.
  private boolean ofMeanRate(Expression left, Expression right, double factor) {
    boolean first = readings.isMeanRate(left);
    boolean both = first && readings.isMeanRate(right);
    Optional<LossReadings.Scaled> rate = readings.meanRate(first ? left : right);
    Optional<Term> target = both ? Optional.empty() : readings.target(first ? right : left);
    boolean isKnown = rate.isPresent() && target.filter(t -> !Types.isMany(t.type())).isPresent();
    if (isKnown) {
      parts.add(new Training.Kind.MeanSquare(), rate.get(), factor, target.get());
    }
    return isKnown;
  }

  /// Of two readings each is the target of the other.
  private void between(Expression left, Expression right, boolean mean, double factor, Span span) {
    Optional<LossReadings.Scaled> a = readings.reading(left);
    Optional<LossReadings.Scaled> b = readings.reading(right);
    Optional<Term> before = block.reader().term(left);
    Optional<Term> behind = block.reader().term(right);
    if (a.isEmpty() || b.isEmpty() || before.isEmpty() || behind.isEmpty()) {
      return;
    }
    int size = a.get().size();
    if (size != b.get().size()) {
      faults.otherTargets(left.span(), size, right.span(), b.get().size());
      return;
    }
    parts.add(new Training.Kind.Squares(mean, size, false), a.get(), factor, behind.get());
    parts.add(new Training.Kind.Squares(mean, size, true), b.get(), factor, before.get());
  }
}
