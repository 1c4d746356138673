package snel.elaborate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import snel.diagnostics.Code;
import snel.diagnostics.Prose;
import snel.math.Bounds;
import snel.math.Expr;
import snel.math.Fold;
import snel.math.Kind;
import snel.math.Owner;
import snel.source.Span;
import snel.syntax.Argument;

/// Calls of distributions: `normal(1 ms, 0.1 ms, min: 0.5 ms)`.
final class RandomDraws {
  private final Evaluator evaluator;

  RandomDraws(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  Val of(String distribution, List<Argument> arguments, Span span) {
    int ordinal = evaluator.draws().next();
    Map<String, Expr> values = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(Expr.Draw.parameters(distribution));
    List<String> unnamed = new ArrayList<>(names);
    arguments.stream()
        .filter(argument -> argument.name() != null)
        .forEach(argument -> unnamed.remove(argument.name().text()));
    for (Argument argument : arguments) {
      Optional<Expr> value = evaluator.scalar(argument.value());
      if (value.isEmpty()) {
        return Val.BAD;
      }
      if (argument.name() != null) {
        values.put(argument.name().text(), value.get());
      } else if (!unnamed.isEmpty()) {
        values.put(unnamed.removeFirst(), value.get());
      }
    }
    if (!values.keySet().containsAll(names)) {
      return evaluator
          .context()
          .fault(
              Code.WRONG_ARGUMENT_COUNT,
              "`" + distribution + "` wants " + Prose.codes(names),
              span);
    }
    List<OptionalDouble> known = names.stream().map(values::get).map(NarrowDraws::number).toList();
    Optional<String> fault = DrawParameters.fault(distribution, known);
    if (fault.isPresent()) {
      return evaluator
          .context()
          .fault(Code.OUT_OF_RANGE, "`" + distribution + "` " + fault.get(), span);
    }
    Bounds bounds =
        new Bounds(Optional.ofNullable(values.get("min")), Optional.ofNullable(values.get("max")));
    Expr.Draw drawn =
        new Expr.Draw(distribution, names.stream().map(values::get).toList(), bounds, ordinal);
    NarrowDraws.check(drawn, span, evaluator.context().diagnostics());
    return Val.of(drawn);
  }

  /// A normal draw with mean 0 and variance 2 / fan_in (He and others 2015), in weights whose
  /// response peaks at the threshold.
  Val kaiming() {
    Expr fanIn = new Expr.Ref(Owner.SELF, "fan_in", Kind.REAL);
    Expr spread = Fold.call("sqrt", List.of(Fold.div(Expr.num(2), fanIn)));
    Expr deviation = Fold.mul(spread, ThresholdWeights.REFERENCE);
    int ordinal = evaluator.draws().next();
    return Val.of(new Expr.Draw("normal", List.of(Expr.num(0), deviation), Bounds.NONE, ordinal));
  }
}
