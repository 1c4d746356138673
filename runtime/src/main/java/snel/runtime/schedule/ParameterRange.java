package snel.runtime.schedule;

import java.util.stream.IntStream;
import snel.runtime.kernel.ProblemKind;
import snel.runtime.schedule.NetworkView.Variable;

/// The range of a parameter.
///
/// @param factor of the unit that values are shown in
public record ParameterRange(String path, double low, double high, double factor, String unit) {
  /// Looks at the values that neurons or synapses have each for itself.
  ///
  /// @throws ProtocolProblem that names the first element whose value lies outside
  public void check(NetworkView view) {
    Variable variable = view.variable(path);
    Object cells = variable.array();
    for (int k : places(view, variable)) {
      double value = Cells.get(cells, k);
      if (!(low <= value && value <= high)
          && !Cells.areOne(cells, value, low)
          && !Cells.areOne(cells, value, high)) {
        throw left(Cells.length(cells) == 1 ? "" : ElementText.of(view, path, k), value);
      }
    }
  }

  /// Tells of a value outside.
  ///
  /// @param element whose value it is, as a part of a sentence; empty if there is one only
  ProtocolProblem left(String element, double value) {
    return new ProtocolProblem(
        ProblemKind.BAD_VALUE,
        "`%s`%s cannot be %s: its range is %s .. %s (`clip` would keep it there)"
            .formatted(path, element, shown(value), shown(low), shown(high)));
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
