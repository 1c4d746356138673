package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import snel.diagnostics.Code;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Evaluator;
import snel.elaborate.Literals;
import snel.elaborate.Loops;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Plan;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.math.Exact;
import snel.math.Expr;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.units.Rational;

/// Lowers sweeps: the points of their axes, and what is done at each.
public final class SweepLowering {
  private SweepLowering() {}

  /// What an experiment reports, by name, when a point is set.
  public interface Reports {
    Map<String, Action.Item> of(String experiment, Map<String, String> settings);
  }

  /// @param nothing a network without parts
  public static Optional<Plan.Sweep> lower(
      Declaration.Sweep sweep,
      FileScope scope,
      Elaborated nothing,
      Context context,
      Settings settings,
      Reports reports) {
    List<Plan.Axis> axes = new ArrayList<>();
    for (Declaration.Axis axis : sweep.axes()) {
      axis(axis, scope, context).ifPresent(axes::add);
    }
    if (axes.size() < sweep.axes().size()) {
      return Optional.empty();
    }
    Work work = new Work(sweep.name().text(), context, nothing, settings);
    int points = axes.stream().mapToInt(axis -> axis.values().size()).reduce(1, (a, b) -> a * b);
    Term.Variable point = work.variable("point", Type.INTEGER);
    int stride = points;
    for (Plan.Axis axis : axes) {
      stride /= axis.values().size();
      Term value = new Term.Element(over(axis, points, stride), point, Type.REAL);
      work.axis(axis.path(), Meaning.of(value, axis.unit().text()));
    }
    var first =
        new Plan.Sweep(sweep.name().text(), axes, 0, 0, List.of(), work.place(sweep.span()));
    work.reports(experiment -> reports.of(experiment, first.settings(0)));
    int loop = work.nextLoop();
    Frame frame = Frame.of(nothing.scope().env().inner(scope));
    Block inside = Block.of(work, frame).in(new Loop.Running(loop));
    List<Action> body = StatementLowering.lower(sweep.body(), inside);
    Place place = work.place(sweep.name().span());
    Action all =
        new Action.ForRange(
            loop, point.slot(), new Term.Whole(0), new Term.Whole(points - 1L), body, place);
    return Optional.of(
        new Plan.Sweep(sweep.name().text(), axes, point.slot(), work.slots(), List.of(all), place));
  }

  /// The values of an axis at every point.
  private static Term over(Plan.Axis axis, int points, int stride) {
    double[] values = new double[points];
    for (int k = 0; k < points; k++) {
      values[k] = axis.numbers().get(k / stride % axis.numbers().size());
    }
    return new Term.Numbers(List.of(points), values);
  }

  private static Optional<Plan.Axis> axis(Declaration.Axis axis, FileScope scope, Context context) {
    Val values = new Evaluator(context, snel.elaborate.Env.of(scope)).eval(axis.values());
    Optional<List<Val>> items = Loops.items(values);
    if (items.isEmpty()) {
      if (!(values instanceof Val.Bad)) {
        context.fault(Code.WRONG_KIND, "a sweep goes over a list or range", axis.values().span());
      }
      return Optional.empty();
    }
    String text = Literals.unitIn(axis.values()).orElse("");
    Unit unit = ExpressionReader.unit(text);
    List<String> written = new ArrayList<>();
    List<Double> numbers = new ArrayList<>();
    for (Val item : items.get()) {
      if (!(item instanceof Val.Num(Expr.Num(Exact value), _))) {
        context.fault(Code.WRONG_KIND, "a sweep goes over numbers", axis.values().span());
        return Optional.empty();
      }
      written.add(written(value, text));
      numbers.add(value.toDouble());
    }
    return Optional.of(new Plan.Axis(Places.text(axis.parameter().span()), written, numbers, unit));
  }

  /// The value as an expression that gives it back exactly.
  private static String written(Exact value, String unit) {
    Rational stored =
        switch (value) {
          case Exact.Ratio(var ratio) -> ratio;
          case Exact.Approximate(double number) -> Rational.ofShortest(number);
        };
    Rational factor = unit.isEmpty() ? Rational.ONE : Rational.ofShortest(Literals.factor(unit));
    Rational shown = stored.dividedBy(factor);
    String number = shown.numerator() + (shown.isWhole() ? "" : " / " + shown.denominator());
    return unit.isEmpty() ? number : number + " * 1 " + unit;
  }
}
