package snel.elaborate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import snel.diagnostics.Code;
import snel.diagnostics.Diagnostic;
import snel.diagnostics.Diagnostics;
import snel.math.Exact;
import snel.math.Expr;
import snel.math.Interval;
import snel.model.Synapse;
import snel.model.Variable;
import snel.model.WeightSource;
import snel.syntax.Clause;
import snel.syntax.Connect;
import snel.syntax.Expression;

/// Weights, delays and states begin within the range that they are declared with; others are
/// clipped to it. Told of constants, and of draws that can never lie within. W0826.
final class ClippedBeginnings {
  private final Diagnostics diagnostics;

  ClippedBeginnings(Context context) {
    this.diagnostics = context.diagnostics();
  }

  void weight(Connect connect, Synapse synapse, WeightSource source) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Weight(var written, _)) {
        synapse.weight().ifPresent(weight -> check(weight, values(source), written));
      }
    }
  }

  /// The delay that a synapse owns.
  void delay(Connect connect, Variable delay, Expr start) {
    for (Clause clause : connect.clauses()) {
      if (clause instanceof Clause.Delay(var kind, var written, _)
          && (kind == Clause.DelayKind.AXONAL || kind == Clause.DelayKind.PLAIN)) {
        check(delay, start, written);
      }
    }
  }

  private static List<Interval> values(WeightSource source) {
    return switch (source) {
      case WeightSource.Value(var initial) -> values(initial);
      case WeightSource.Matrix(var numbers) -> points(Arrays.stream(numbers));
      case WeightSource.Tied _, WeightSource.None _ -> List.of();
    };
  }

  private static List<Interval> values(Expr initial) {
    return initial instanceof Expr.Table(_, var numbers, _)
        ? points(numbers.stream().mapToDouble(Exact::toDouble))
        : List.of(Interval.of(initial, _ -> Interval.UNKNOWN));
  }

  private static List<Interval> points(DoubleStream numbers) {
    return numbers.mapToObj(number -> new Interval(number, number)).toList();
  }

  void check(Variable variable, Expr initial, Expression written) {
    check(variable, values(initial), written);
  }

  private void check(Variable variable, List<Interval> values, Expression written) {
    Interval range = variable.bounds().constant();
    if (range.low() > range.high()) {
      return; // told as a range that falls
    }
    for (Interval value : values) {
      boolean below = isLess(value.high(), range.low());
      if (below || isLess(range.high(), value.low())) {
        diagnostics.report(told(variable, below, written));
        return;
      }
    }
  }

  /// In single precision: files keep numbers so, and one that is rounded is not meant to differ.
  private static boolean isLess(double one, double other) {
    return (float) one < (float) other;
  }

  private static Diagnostic told(Variable variable, boolean below, Expression written) {
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.CLIPPED_BEGINNING,
                "the first value of `%s` lies outside its range, which clips it"
                    .formatted(variable.name()),
                written.span(),
                below ? "too small" : "too large")
            .help("write a value within the range, or another range");
    boolean isDefault =
        variable.span().file().equals(written.span().file())
            && variable.span().to(written.span()).equals(variable.span());
    return isDefault ? diagnostic : diagnostic.label(variable.span(), "the range clips");
  }
}
