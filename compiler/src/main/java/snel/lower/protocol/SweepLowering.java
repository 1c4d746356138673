package snel.lower.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import snel.diagnostics.Code;
import snel.elaborate.Context;
import snel.elaborate.Elaborated;
import snel.elaborate.Evaluator;
import snel.elaborate.Literals;
import snel.elaborate.Loops;
import snel.elaborate.Settings;
import snel.elaborate.Val;
import snel.ir.Paths;
import snel.ir.protocol.Action;
import snel.ir.protocol.Place;
import snel.ir.protocol.Plan;
import snel.ir.protocol.Term;
import snel.ir.protocol.Type;
import snel.ir.protocol.Unit;
import snel.resolve.FileScope;
import snel.syntax.Declaration;
import snel.syntax.ModelItem;

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
    Changes changes = new Changes(nothing, List.of());
    Work work =
        new Work(sweep.name().text(), context, nothing, settings, changes, new Courses(List.of()));
    int points = axes.stream().mapToInt(axis -> axis.values().size()).reduce(1, (a, b) -> a * b);
    Term.Variable point = work.variable("point", Type.INTEGER);
    int stride = points;
    for (Plan.Axis axis : axes) {
      stride /= axis.values().size();
      Type type = axis.values().getFirst().term().type();
      Term value = new Term.Element(over(axis, points, stride), point, type);
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
    List<Term> values = new ArrayList<>();
    for (int k = 0; k < points; k++) {
      values.add(axis.values().get(k / stride % axis.values().size()).term());
    }
    if (values.stream().allMatch(Term.Number.class::isInstance)) {
      double[] numbers = values.stream().mapToDouble(v -> ((Term.Number) v).value()).toArray();
      return new Term.Numbers(List.of(points), numbers);
    }
    return new Term.Listing(values, new Type.Listing(values.getFirst().type()));
  }

  private static Optional<Plan.Axis> axis(Declaration.Axis axis, FileScope scope, Context context) {
    Val range = new Evaluator(context, snel.elaborate.Env.of(scope)).eval(axis.values());
    Optional<List<Val>> items = Loops.items(range);
    if (items.isEmpty()) {
      if (!(range instanceof Val.Bad)) {
        context.fault(Code.WRONG_KIND, "a sweep goes over a list or range", axis.values().span());
      }
      return Optional.empty();
    }
    if (items.get().isEmpty()) {
      context.fault(
          Code.OUT_OF_RANGE,
          "`%s` holds no value for the sweep to go over"
              .formatted(Places.text(axis.values().span())),
          axis.values().span());
      return Optional.empty();
    }
    String path = Places.text(axis.parameter().span());
    Unit unit =
        ExpressionReader.unit(
            Literals.unitIn(axis.values()).orElseGet(() -> unitOfParameter(path, scope)));
    var swept = new SweptValues(unit.text());
    List<Plan.Value> values = new ArrayList<>();
    items.get().forEach(item -> swept.of(item).ifPresent(values::add));
    if (values.size() < items.get().size()) {
      if (!items.get().contains(Val.BAD)) {
        context.fault(
            Code.WRONG_KIND,
            "a sweep goes over numbers, truths, texts and lists of them",
            axis.values().span());
      }
      return Optional.empty();
    }
    return Optional.of(new Plan.Axis(path, values, unit));
  }

  /// Values that stand elsewhere are in the unit that the program gives the parameter.
  private static String unitOfParameter(String path, FileScope scope) {
    String owner = Paths.owner(path);
    String name = Paths.name(path);
    return scope.file().declarations().stream()
        .flatMap(declaration ->
            switch (declaration) {
              case Declaration.Network network when network.name().text().equals(owner) ->
                  network.items().stream();
              case Declaration.Experiment experiment when experiment.name().text().equals(owner) ->
                  experiment.body().stream();
              default -> Stream.<Object>empty();
            })
        .filter(ModelItem.Parameters.class::isInstance)
        .flatMap(item -> ((ModelItem.Parameters) item).bindings().stream())
        .filter(binding -> binding.name().text().equals(name))
        .map(binding -> Literals.unitOf(binding.value(), binding.type()))
        .findFirst()
        .orElse(name.equals("step") ? "ms" : "");
  }
}
