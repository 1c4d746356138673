package snel.runtime.schedule;

import java.util.stream.IntStream;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Variable;

/// The range of a parameter.
///
/// @param closed whether the upper end belongs to it
/// @param factor of the unit that values are shown in
public record ParameterRange(
    String path, double low, double high, boolean closed, double factor, String unit) {
  /// Looks at the values that neurons or synapses have each for itself.
  ///
  /// @throws ProtocolProblem that names the first element whose value lies outside
  public void check(NetworkView view) {
    Variable variable = view.variable(path);
    Object cells = variable.array();
    for (int k : places(view, variable)) {
      double value = Cells.get(cells, k);
      boolean isLowest = Cells.areOne(cells, value, low);
      boolean isHighest = Cells.areOne(cells, value, high);
      if (isHighest ? !closed : !holds(value) && !isLowest) {
        throw left(Cells.length(cells) == 1 ? "" : ElementText.of(view, path, k), value);
      }
    }
  }

  /// The value, all of whose numbers must lie there.
  public Value kept(Value value) {
    for (double number : value.numbers()) {
      if (!holds(number)) {
        throw left("", number);
      }
    }
    return value;
  }

  private boolean holds(double value) {
    return low <= value && (closed ? value <= high : value < high);
  }

  /// Tells of a value outside.
  ///
  /// @param element whose value it is, as a part of a sentence; empty if there is one only
  private ProtocolProblem left(String element, double value) {
    return new ProtocolProblem(
        ProblemKind.BAD_VALUE,
        "`%s`%s cannot be %s: its range is %s %s %s%s"
            .formatted(
                path,
                element,
                shown(value),
                shown(low),
                closed ? ".." : "..<",
                shown(high),
                closed ? " (`clip` would keep it there)" : ""));
  }

  private static int[] places(NetworkView view, Variable variable) {
    return view.projections().values().stream()
        .filter(projection -> projection.has(variable))
        .findFirst()
        .map(NetworkView.Projection::places)
        .orElseGet(() -> IntStream.range(0, Cells.length(variable.array())).toArray());
  }

  private String shown(double stored) {
    return NumberText.of(stored / factor) + (unit.isEmpty() ? "" : " " + unit);
  }
}
