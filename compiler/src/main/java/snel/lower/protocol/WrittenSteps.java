package snel.lower.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.elaborate.Val;
import snel.math.Exact;
import snel.math.Expr;
import snel.syntax.Expression;
import snel.units.Rational;

/// Spikes that are written out as 0 and 1 for each step and neuron, as the times that they stand
/// for. Numbers with units are times already.
final class WrittenSteps {
  private final Work work;
  private final int neurons;

  WrittenSteps(Work work, int neurons) {
    this.work = work;
    this.neurons = neurons;
  }

  /// @param rows the value of `written`
  /// @return a list of times for each neuron; empty if it is neither, which has been reported
  Optional<List<Val>> times(Expression written, List<Val> rows) {
    List<double[]> steps = new ArrayList<>();
    if (!isPlain(written) || !read(rows, steps) || isSilent(steps)) {
      return Optional.of(rows);
    }
    boolean bits = steps.stream().allMatch(row -> row.length == neurons && isBits(row));
    if (!bits) {
      work.fault(
          Diagnostic.of(
                  Code.WRONG_KIND,
                  "spikes are times, or 0 and 1 for each step of " + neurons + " inputs",
                  written.span(),
                  "numbers without a unit")
              .help(
                  steps.size() == neurons && steps.stream().allMatch(WrittenSteps::isBits)
                      ? "these are rows for each input: write one row for each step, with a"
                          + " number for each input"
                      : "times have a unit: `[[1 ms, 3 ms], …]`"));
      return Optional.empty();
    }
    List<Val> trains = new ArrayList<>();
    for (int i = 0; i < neurons; i++) {
      List<Val> times = new ArrayList<>();
      for (int step = 0; step < steps.size(); step++) {
        if (steps.get(step)[i] != 0) {
          Rational time = work.context().step().times(Rational.of(step));
          times.add(Val.of(new Expr.Num(Exact.of(time))));
        }
      }
      trains.add(new Val.Items(times));
    }
    return Optional.of(trains);
  }

  /// Whether nothing but numbers is written.
  private static boolean isPlain(Expression written) {
    return switch (written.ungrouped()) {
      case Expression.Number _ -> true;
      case Expression.Array(var elements, _) -> elements.stream().allMatch(WrittenSteps::isPlain);
      default -> false;
    };
  }

  private static boolean read(List<Val> rows, List<double[]> steps) {
    for (Val row : rows) {
      List<Val> items = ((Val.Items) row).items();
      double[] numbers = new double[items.size()];
      for (int k = 0; k < numbers.length; k++) {
        if (!(items.get(k) instanceof Val.Num(Expr.Num(var number), _))) {
          return false;
        }
        numbers[k] = number.toDouble();
      }
      steps.add(numbers);
    }
    return true;
  }

  /// Zeros are times as well.
  private static boolean isSilent(List<double[]> steps) {
    return steps.stream().allMatch(row -> Arrays.stream(row).allMatch(x -> x == 0));
  }

  private static boolean isBits(double[] row) {
    return Arrays.stream(row).allMatch(x -> x == 0 || x == 1);
  }
}
