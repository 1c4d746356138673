package snel.lower.protocol;

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
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Term.Listing(binned, type));
  }

  private Term time(Term ms) {
    double width = step.toDouble();
    Term steps = of(Term.Operator.DIVIDE, ms, new Term.Number(width));
    Term whole =
        switch (mode) {
          case FLOOR -> call(Function.FLOOR, of(Term.Operator.ADD, steps, new Term.Number(SLACK)));
          case ROUND -> call(Function.FLOOR, of(Term.Operator.ADD, steps, new Term.Number(0.5)));
          case CEIL ->
              call(Function.CEIL, of(Term.Operator.SUBTRACT, steps, new Term.Number(SLACK)));
        };
    return new Term.Call(Function.TIME_OF_STEPS, List.of(whole), Type.REAL);
  }

  private static Term of(Term.Operator operator, Term left, Term right) {
    return new Term.Arithmetic(operator, left, right, Type.REAL);
  }

  private static Term call(Function function, Term of) {
    return new Term.Call(function, List.of(of), Type.INTEGER);
  }
}
