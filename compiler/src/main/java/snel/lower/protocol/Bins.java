package snel.lower.protocol;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import snel.ir.protocol.Function;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.math.Exact;
import snel.syntax.BinMode;
import snel.units.Rational;

/// `bin floor`, `bin round`, `bin ceil`: the step on which a time off the grid falls.
final class Bins {
  /// What is computed in doubles and so near to a step lies on it.
  private static final double SLACK = 1e-6;

  private final BinMode mode;
  private final Rational step;

  Bins(BinMode mode, Rational step) {
    this.mode = mode;
    this.step = step;
  }

  /// A time in ms that is known when compiled.
  double time(Exact ms) {
    Rational steps =
        switch (ms) {
          case Exact.Ratio(var value) -> value.dividedBy(step);
          case Exact.Approximate(var value) -> near(value / step.toDouble());
        };
    Rational whole =
        switch (mode) {
          case FLOOR -> steps.floor();
          case ROUND -> steps.roundedHalfUp();
          case CEIL -> steps.ceiling();
        };
    return whole.times(step).toDouble();
  }

  private static Rational near(double steps) {
    double nearest = Math.rint(steps);
    return Rational.ofExactly(Math.abs(steps - nearest) <= SLACK ? nearest : steps);
  }

  /// A list of times for each neuron that is worked out while the experiment runs; empty if it is
  /// not written as lists.
  Optional<Term> times(Term trains) {
    if (!(trains instanceof Term.Listing(var rows, var type))) {
      return Optional.empty();
    }
    List<Term> binned = new ArrayList<>();
    for (Term row : rows) {
      switch (row) {
        case Term.Listing(var times, var each) ->
            binned.add(new Term.Listing(times.stream().map(this::time).toList(), each));
        case Term.Numbers(var shape, var values) when shape.size() == 1 -> {
          double[] times = values.clone();
          for (int k = 0; k < times.length; k++) {
            times[k] = time(Exact.of(times[k]));
          }
          binned.add(new Term.Numbers(shape, times));
        }
        default -> {
          if (!Types.isMany(row.type())) {
            return Optional.empty();
          }
          binned.add(time(row));
        }
      }
    }
    return Optional.of(new Term.Listing(binned, type));
  }

  /// A time in ms, or each of many, that is worked out while the experiment runs.
  Term time(Term ms) {
    if (!Types.isMany(ms.type())) {
      return new Term.Call(Function.TIME_OF_STEPS, List.of(whole(ms, Type.INTEGER)), Type.REAL);
    }
    // divided last, as one time is worked out from its steps, so that both have the same bits
    Term ticks = of(Term.Operator.MULTIPLY, whole(ms, ms.type()), number(step.numerator()));
    return of(Term.Operator.DIVIDE, ticks, number(step.denominator()));
  }

  private Term whole(Term ms, Type type) {
    Term steps = of(Term.Operator.DIVIDE, ms, new Term.Number(step.toDouble()));
    Term moved =
        switch (mode) {
          case FLOOR -> of(Term.Operator.ADD, steps, new Term.Number(SLACK));
          case ROUND -> of(Term.Operator.ADD, steps, new Term.Number(0.5));
          case CEIL -> of(Term.Operator.SUBTRACT, steps, new Term.Number(SLACK));
        };
    Function function = mode == BinMode.CEIL ? Function.CEIL : Function.FLOOR;
    return new Term.Call(function, List.of(moved), type);
  }

  private static Term number(BigInteger value) {
    return new Term.Number(value.doubleValue());
  }

  private static Term of(Term.Operator operator, Term left, Term right) {
    return new Term.Arithmetic(operator, left, right, Types.arithmetic(operator, left, right));
  }
}
